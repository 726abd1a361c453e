/* docs/api/API.md is one file with all types. The site has one page for each. */

/** What jsii-docgen writes behind a heading. */
const ANCHOR = /<a name="[^"]*" id="([^"]+)"><\/a>/g;

/** `Required` and `Optional` stand beside the name of a member. They are no part of it in the outline of the page. */
const MARK = ' <sup class="ignore-header">$1</sup>';

/** The groups of types, each type with the Markdown of its page, and the page of each anchor. */
function apiPages(text) {
  const groups = [];
  const pageOf = new Map();
  let type;
  let inCode = false;
  for (const line of text.split("\n")) {
    if (line.startsWith("```")) inCode = !inCode;
    const [, marks, name] = (!inCode && /^(#{2,}) (.+?) ?<a name=/.exec(line)) || [];
    if (marks === "##") {
      groups.push({ name, types: [] });
      type = undefined;
      continue;
    }
    if (marks === "###") groups.at(-1).types.push((type = { name, lines: [] }));
    if (type === undefined) continue;
    for (const [, id] of line.matchAll(ANCHOR)) if (id.includes(".")) pageOf.set(id, type.name);
    // A type is the first heading of its page.
    type.lines.push(marks === undefined ? line : line.slice(2).replace(/<sup>(\w+)<\/sup>/, MARK));
  }
  return {
    pageOf,
    groups: groups.map((group) => ({
      name: group.name,
      types: group.types.map(({ name, lines }) => ({
        name,
        summary: lines.find((line) => /^[A-Z]/.test(line)) ?? "",
        text: lines.join("\n").replace(/href="#([^"]+)"/g, (_, id) => {
          const page = pageOf.get(id);
          if (page === undefined) throw new Error(`docs/api/API.md links to #${id}, which is not in it.`);
          return page === name ? `href="#${id}"` : `href="./${page}.html#${id}"`;
        }),
      })),
    })),
  };
}

/** The page that lists all types. */
function apiIndex(groups) {
  const lists = groups.flatMap(({ name, types }) => [
    `## ${name}`,
    "",
    "| type | what it is |",
    "| --- | --- |",
    ...types.map(({ name, summary }) => `| [${name}](${name}.md) | ${summary.replaceAll("|", "\\|")} |`),
    "",
  ]);
  return ["# API reference", "", "Every class and property, generated from the code.", "", ...lists].join("\n");
}

module.exports = { apiPages, apiIndex };
