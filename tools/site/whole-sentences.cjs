/**
 * The API reference with whole sentences. jsii ends the summary of a member at the first semicolon, and jsii-docgen writes what follows as a
 * paragraph of its own: both are one sentence again. In a table, the first part ends with a period.
 */
function wholeSentences(text) {
  return text
    .split(/^(```[^]*?^```)$/m)
    .map((part) =>
      part.startsWith("```") ? part : part.replace(/; \|$/gm, ". |").replace(/^(\S.*;)\n\n(?=\S)/gm, "$1 "),
    )
    .join("");
}

module.exports = { wholeSentences };
