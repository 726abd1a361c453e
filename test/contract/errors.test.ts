import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { Message, messagesOfLib, PLACEHOLDER } from "../helpers/messages";

expect.extend({ toMatchFile });

const PAGE = join(__dirname, "..", "..", "docs", "reference", "errors.md");

const HEAD = `# Errors and warnings

Each message of the library ends with an id in parentheses. Find the message by its id on this page. In your message, values replace the
words in *italics*.

An error at synth stops \`cdktf synth\` before Terraform runs. A message of a precondition or a postcondition appears in
\`terraform plan\` or \`terraform apply\`, where only Terraform knows the value.
`;

/** The rooms in the order in which a reader meets them. */
const ROOMS: Record<string, string> = {
  composition: "SecureApimBackend and SecurePolicyFragment",
  mcp: "MCP servers",
  backends: "Backends",
  api: "APIs",
  policy: "Policies",
  gateway: "Gateways",
  entra: "Entra ID",
  publishing: "Products, tags and named values",
  diagnostics: "Diagnostics",
  azure: "Azure resources",
  rules: "Rules",
  cli: "The command line",
  core: "Everywhere",
};

const messages = messagesOfLib();

test("every message has an id in kebab-case of its own, a text and a remedy, each a sentence", () => {
  expect(messages.map(({ id }) => id).filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
  const isSentence = (text: string): boolean => /[.:"`>›)]$/.test(text.trim());
  const faulty = messages.filter(({ text, remedy }) => !isSentence(text) || !isSentence(remedy));
  expect(faulty).toEqual([]);
});

test("two messages with one id say the same", () => {
  const first = new Map([...messages].reverse().map((message) => [message.id, message.text]));
  expect(messages.filter(({ id, text }) => first.get(id) !== text).map(({ id }) => id)).toEqual([]);
});

test("docs/reference/errors.md lists every message", () => {
  const sections = Object.entries(ROOMS).flatMap(([room, title]) => {
    const distinct = new Map(messages.filter((each) => each.room === room).map((each) => [each.id, each]));
    if (distinct.size === 0) return [];
    const entries = [...distinct.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map(entry);
    return [`## ${title}\n`, ...entries];
  });
  expect([HEAD, ...sections].join("\n")).toMatchFile(PAGE);
  expect(messages.filter(({ room }) => !(room in ROOMS))).toEqual([]);
});

function entry({ id, text, remedy }: Message): string {
  return `### ${id}\n\n${escaped(text)}\n\n**What to do:** ${escaped(remedy)}\n`;
}

/** Markdown shows a placeholder in italics, and everything else as it is written. */
function escaped(text: string): string {
  return text
    .trim()
    .replace(/[<>*|]/g, (character) => `\\${character}`)
    .replace(PLACEHOLDER, "*$1*")
    .replace(/\n+/g, "\n\n");
}
