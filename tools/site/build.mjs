/*
 * The documents as a site: `npm run docs:site` writes dist/site/html, and `-- --base /docs/` writes it for a folder of a server. A dead
 * link fails the build, also one to a heading that is not there.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vitepress";
import { apiIndex, apiPages } from "./api-pages.cjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "..", "..");
const SITE = join(ROOT, "dist", "site");
const SOURCE = join(SITE, "source");
const HTML = join(SITE, "html");

process.chdir(ROOT);
const { base } = parseArgs({ options: { base: { type: "string", default: "/" } } }).values;
writeSource();
await build(SOURCE, { base });
const dead = deadLinks();
if (dead.length > 0) {
  console.error(`Links of the site that lead nowhere:\n${dead.join("\n")}`);
  process.exit(1);
}
console.log(`Open the site: npx vitepress preview dist/site/source --base ${base}`);

/** The pages that VitePress reads: those of docs, and one for each type. */
function writeSource() {
  rmSync(SITE, { recursive: true, force: true });
  cpSync(join(ROOT, "docs"), SOURCE, {
    recursive: true,
    filter: (file) => !file.startsWith(join(ROOT, "docs", "api")),
  });
  cpSync(join(SOURCE, "README.md"), join(SOURCE, "index.md"));
  rmSync(join(SOURCE, "README.md"));

  const { groups } = apiPages(readFileSync(join(ROOT, "docs", "api", "API.md"), "utf8"));
  mkdirSync(join(SOURCE, "api"));
  writeFileSync(join(SOURCE, "api", "index.md"), apiIndex(groups));
  for (const { name, text } of groups.flatMap(({ types }) => types))
    writeFileSync(join(SOURCE, "api", `${name}.md`), text);

  mkdirSync(join(SOURCE, ".vitepress"));
  cpSync(join(HERE, "theme"), join(SOURCE, ".vitepress", "theme"), { recursive: true });
  // As a variable, so that VitePress does not bundle it.
  const config = JSON.stringify(pathToFileURL(join(HERE, "config.mjs")));
  writeFileSync(
    join(SOURCE, ".vitepress", "config.mjs"),
    `const file = ${config};\nexport default (await import(file)).default;\n`,
  );
}

/** VitePress checks that each page of a link is there. This also checks the headings, and links in HTML. */
function deadLinks() {
  const pages = readdirSync(HTML, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.endsWith(".html"));
  const texts = new Map(pages.map((page) => [page, readFileSync(join(HTML, page), "utf8")]));
  const ids = new Map(
    [...texts].map(([page, text]) => [page, new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]),
  );
  return [...texts].flatMap(([page, text]) => {
    const links = new Set([...text.matchAll(/<a [^>]*?href="([^"]+)"/g)].map(([, href]) => href));
    return [...links]
      .filter((href) => !/^[a-z]+:/.test(href) && !isThere(page, href))
      .map((href) => `${page}: ${href}`);
  });

  function isThere(page, href) {
    const { pathname, hash } = new URL(href, `http://site${posix.join(base, page)}`);
    if (!pathname.startsWith(base)) return false;
    const path = decodeURIComponent(pathname.slice(base.length));
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    const found = ids.get(file) ?? ids.get(`${file}.html`);
    return found !== undefined && (hash === "" || found.has(decodeURIComponent(hash.slice(1))));
  }
}
