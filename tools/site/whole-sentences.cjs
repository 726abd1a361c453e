/*
 * jsii ends the summary of a member at the first semicolon, and jsii-docgen writes what follows as a paragraph of its own. `npm run docs`
 * makes one sentence of both again in docs/api/API.md.
 */
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const FILE = join(__dirname, "..", "..", "docs", "api", "API.md");

/** The reference with whole sentences: in a table the first part ends with a period. */
function wholeSentences(text) {
  return text
    .split(/^(```[^]*?^```)$/m)
    .map((part) =>
      part.startsWith("```") ? part : part.replace(/; \|$/gm, ". |").replace(/^(\S.*;)\n\n(?=\S)/gm, "$1 "),
    )
    .join("");
}

module.exports = { wholeSentences };

if (require.main === module) writeFileSync(FILE, wholeSentences(readFileSync(FILE, "utf8")));
