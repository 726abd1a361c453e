import { readdirSync } from "fs";
import { join } from "path";
import { navigation } from "../../tools/site/navigation.cjs";

const DOCS = join(__dirname, "..", "..", "docs");

/** All pages: the site has one for each type in place of docs/api/API.md. */
const pages = readdirSync(DOCS, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => file.endsWith(".md") && file !== "README.md");

test("each page is in the navigation of the site once, because docs/README.md links to it", () => {
  const listed = navigation().flatMap((group) => group.pages.map(({ page }) => page));
  expect([...listed].sort()).toEqual([...pages].sort());
});

test("no two pages of the navigation have one title", () => {
  const titles = navigation().flatMap((group) => group.pages.map(({ title }) => title));
  expect(new Set(titles).size).toBe(titles.length);
});

test("a heading is a group, and a page stands in the first group that links to it", () => {
  const text = [
    "Begin with [Get started](getting-started.md).",
    "",
    "## I have …",
    "",
    "| nothing | [Get started](getting-started.md) |",
    "| an API  | [a fragment](guides/api.md#fragments), [Terraform](https://example.com/a.md) |",
    "",
    "## Reference",
    "",
    "- [APIs](guides/api.md), [Limits](reference/limits.md), [Security](../SECURITY.md)",
    "",
    "## Nothing",
  ].join("\n");
  expect(navigation(text)).toEqual([
    { name: "Start", pages: [{ title: "Get started", page: "getting-started.md" }] },
    { name: "I have …", pages: [{ title: "A fragment", page: "guides/api.md" }] },
    { name: "Reference", pages: [{ title: "Limits", page: "reference/limits.md" }] },
  ]);
});
