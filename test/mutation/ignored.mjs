/* What no test of a room needs to notice. The words of messages are held by the page of all messages, docs/reference/errors.md. */

/** The first argument that holds words, by the function that raises a message. */
const MESSAGES = { fail: 2, finding: 1, misuse: 1, requireText: 1 };
/** The properties that hold words, of rules and of what a value must be. */
const PROPERTIES = ["says", "resolutions", "alternatives", "purpose", "example", "what"];

function isWording({ node, parent, listKey, key }) {
  if (node.type === "ObjectProperty") return PROPERTIES.includes(node.key.name);
  return parent?.type === "CallExpression" && listKey === "arguments" && key >= MESSAGES[parent.callee.name];
}

/** The names of properties are the keys of a constant, whose values nobody reads. */
function isNameOfProperty(path) {
  const declarator = path.node.type === "BooleanLiteral" && path.findParent((each) => each.isVariableDeclarator());
  return declarator && declarator.node.id.typeAnnotation?.typeAnnotation?.typeName?.name === "PropertyNames";
}

function reasonToIgnore(path) {
  if (isWording(path)) return "wording of a message";
  return isNameOfProperty(path) ? "name of a property" : undefined;
}

export const strykerPlugins = [
  {
    kind: "Ignore",
    name: "ignored",
    value: { shouldIgnore: reasonToIgnore },
  },
];
