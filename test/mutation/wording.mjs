/* The words of messages are held by the page of all messages, docs/reference/errors.md, and not by the tests of a room. */

/** The first argument that holds words, by the function that raises a message. */
const MESSAGES = { fail: 2, finding: 1, misuse: 1, requireText: 1 };
/** The properties that hold words, of rules and of what a value must be. */
const PROPERTIES = ["says", "resolutions", "alternatives", "purpose", "example", "what"];

function isWording({ node, parent, listKey, key }) {
  if (node.type === "ObjectProperty") return PROPERTIES.includes(node.key.name);
  return parent?.type === "CallExpression" && listKey === "arguments" && key >= MESSAGES[parent.callee.name];
}

export const strykerPlugins = [
  {
    kind: "Ignore",
    name: "wording",
    value: { shouldIgnore: (path) => (isWording(path) ? "wording of a message" : undefined) },
  },
];
