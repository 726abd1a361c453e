/* The navigation of the site. docs/README.md says what is in it, and in which order: nobody keeps a second list. */
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const INDEX = join(__dirname, "..", "..", "docs", "README.md");

/**
 * The groups of pages in docs/README.md: one for each heading, with the first link to each page. A page that stands in an earlier group
 * is left out of later ones. `page` is a path in docs, such as `guides/verify.md`.
 */
function navigation(text = readFileSync(INDEX, "utf8")) {
  const groups = [{ name: "Start", pages: [] }];
  const seen = new Set();
  for (const line of text.split("\n")) {
    const heading = /^## (.+)$/.exec(line);
    if (heading) groups.push({ name: heading[1], pages: [] });
    for (const [, title, page] of line.matchAll(/\[([^\]]+)\]\((\w[\w./-]*\.md)(?:#[\w-]+)?\)/g)) {
      if (seen.has(page)) continue;
      seen.add(page);
      groups[groups.length - 1].pages.push({ title: title[0].toUpperCase() + title.slice(1), page });
    }
  }
  return groups.filter(({ pages }) => pages.length > 0);
}

module.exports = { navigation };
