/* What VitePress is told. `tools/site/build.mjs` writes the pages that it reads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import apiPagesModule from "./api-pages.cjs";
import { siteLink, slugify } from "./links.mjs";
import navigationModule from "./navigation.cjs";

const ROOT = process.cwd();
const { repository, description } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const ON_GITHUB = repository.url.replace(/^git\+|\.git$/g, "");
const { groups, pageOf } = apiPagesModule.apiPages(readFileSync(join(ROOT, "docs", "api", "API.md"), "utf8"));

const ICON =
  "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><rect width='16' height='16' rx='4' fill='%231d5a8f'/><path d='M4 8h8M9 5l3 3-3 3' fill='none' stroke='white' stroke-width='2'/></svg>";

function pathOf(page) {
  if (page === "api/API.md") return "/api/";
  return `/${page.replace(/\.md$/, "")}`;
}

const sidebar = navigationModule.navigation().map(({ name, pages }) => ({
  text: name,
  collapsed: name !== "Start",
  items: pages.map(({ title, page }) => ({ text: title, link: pathOf(page) })),
}));

const apiSidebar = [
  { text: "API reference", link: "/api/" },
  ...groups.map(({ name, types }) => ({
    text: name,
    collapsed: true,
    items: types.map((type) => ({ text: type.name, link: `/api/${type.name}` })),
  })),
];

export default {
  title: "cdktf-secure-apim-backend",
  description,
  lang: "en-US",
  outDir: join(ROOT, "dist", "site", "html"),
  cacheDir: join(ROOT, "dist", "site", "cache"),
  head: [["link", { rel: "icon", href: ICON }]],
  markdown: {
    // `{...}` behind a heading or a text is text: policies and templates have it.
    attrs: { disable: true },
    anchor: { slugify },
    image: { lazyLoading: true },
    config(md) {
      // VitePress writes a page as a component of Vue, and its own components have the delimiters `{{ }}`. In a page, they are text.
      md.core.ruler.push("text-only", ({ tokens, Token }) => {
        const html = (content) => Object.assign(new Token("html_block", "", 0), { content });
        tokens.unshift(html("<div v-pre>"));
        tokens.push(html("</div>"));
      });
      md.core.ruler.push("site-links", ({ tokens, env }) => {
        const from = env.relativePath === "index.md" ? "README.md" : env.relativePath;
        for (const token of tokens.flatMap(({ children }) => children ?? []))
          if (token.type === "link_open")
            token.attrSet("href", siteLink(token.attrGet("href"), from, pageOf, `${ON_GITHUB}/blob/main`));
      });
    },
  },
  themeConfig: {
    nav: [
      { text: "Get started", link: "/getting-started" },
      { text: "Guides and reference", link: "/" },
      { text: "API", link: "/api/" },
    ],
    sidebar: { "/": sidebar, "/api/": apiSidebar },
    outline: [2, 3],
    search: { provider: "local" },
    socialLinks: [{ icon: "github", link: ON_GITHUB }],
  },
};
