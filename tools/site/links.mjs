/* Links of the documents lead to files of the repository. On the site, they lead to its pages, or to the repository. */
import { posix } from "node:path";

/** The anchor that GitHub gives a heading. */
export function slugify(text) {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/**
 * Where a link leads on the site. `from` is the page that it stands on, as a path in docs, `pageOf` gives the page of an anchor of
 * docs/api/API.md, and `repository` is the address of the files of the repository.
 */
export function siteLink(href, from, pageOf, repository) {
  if (/^(?:[a-z]+:|#|\/)/i.test(href)) return href;
  const [path, anchor] = href.split("#");
  const file = posix.join("docs", posix.dirname(from), path);
  const hash = anchor === undefined ? "" : `#${anchor}`;
  if (file === "docs/README.md") return relative(from, "index.md") + hash;
  if (file === "docs/api/API.md")
    return anchor === undefined
      ? relative(from, "api/index.md")
      : relative(from, `api/${pageOf.get(anchor)}.md`) + hash;
  if (!file.startsWith("docs/")) return `${repository}/${file}${hash}`;
  return href;
}

function relative(from, to) {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}
