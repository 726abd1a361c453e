import { apiIndex, apiPages } from "../../tools/site/api-pages.cjs";
import { wholeSentences } from "../../tools/site/whole-sentences.cjs";
import { read } from "../helpers/snippets";

const TEXT = `# API Reference <a name="API Reference" id="api-reference"></a>

## Constructs <a name="Constructs" id="Constructs"></a>

### Gateway <a name="Gateway" id="lib.Gateway"></a>

- *Implements:* <a href="#lib.IGateway">IGateway</a>

A gateway | an API.

\`\`\`typescript
### no heading
\`\`\`

##### \`props\`<sup>Required</sup> <a name="props" id="lib.Gateway.parameter.props"></a>

See <a href="#lib.Gateway.parameter.props">props</a>.

## Protocols <a name="Protocols" id="Protocols"></a>

### IGateway <a name="IGateway" id="lib.IGateway"></a>

What is a gateway.
`;

test("each type is a page that links to the pages of other types", () => {
  const { groups, pageOf } = apiPages(TEXT);
  expect(groups.map(({ name, types }) => [name, ...types.map((type) => type.name)])).toEqual([
    ["Constructs", "Gateway"],
    ["Protocols", "IGateway"],
  ]);
  expect(groups[0].types[0].text.split("\n").filter((line) => line !== "")).toEqual([
    '# Gateway <a name="Gateway" id="lib.Gateway"></a>',
    '- *Implements:* <a href="./IGateway.html#lib.IGateway">IGateway</a>',
    "A gateway | an API.",
    "```typescript",
    "### no heading",
    "```",
    '### `props` <sup class="ignore-header">Required</sup> <a name="props" id="lib.Gateway.parameter.props"></a>',
    'See <a href="#lib.Gateway.parameter.props">props</a>.',
  ]);
  expect(Object.fromEntries(pageOf)).toEqual({
    "lib.Gateway": "Gateway",
    "lib.Gateway.parameter.props": "Gateway",
    "lib.IGateway": "IGateway",
  });
  expect(apiIndex(groups)).toContain("| [Gateway](Gateway.md) | A gateway \\| an API. |");
});

test("a sentence with a semicolon is read as one", () => {
  const code = "```typescript\nimport { Name } from 'lib';\n\nnew Name();\n```";
  const text = `| name | Name of the API; |\n\nName of the API; a plain string.\n\nMore.\n\n${code}\n`;
  expect(wholeSentences(text.replace("API; a", "API;\n\na"))).toBe(text.replace("API; |", "API. |"));
  expect(read("docs/api/API.md")).not.toMatch(/; \|$/m);
});

test("a link to what is not in the reference is an error", () => {
  expect(() => apiPages(TEXT.replace("#lib.IGateway", "#lib.Other"))).toThrow("links to #lib.Other");
});

test("each public type has a page with a summary, and no line of the reference is lost", () => {
  const text = read("docs/api/API.md");
  const types = apiPages(text).groups.flatMap((group) => group.types);
  const published = [...text.matchAll(/^### (\w+) <a/gm)].map(([, name]) => name);
  expect(types.map(({ name }) => name)).toEqual(published);
  expect(types.filter(({ summary }) => summary === "").map(({ name }) => name)).toEqual([]);
  const lines = types.reduce((sum, type) => sum + type.text.split("\n").length, 0);
  const outside = text.split("\n").findIndex((line) => line.startsWith("### "));
  const headings = text.match(/^## .+\n/gm)!.length - 1;
  expect(lines).toBe(text.split("\n").length - outside - 2 * headings);
});
