import { readdirSync } from "fs";
import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { reportOnExamples } from "../browser/example-reports";
import { documents, read } from "../helpers/snippets";
import { parsedXml } from "../report/html/parsed-xml";
import { pictureFile } from "./standing-alone";

/*
 * The pictures of the documents show examples as they are synthesized. `npx jest test/site/pictures -u` draws them again: look at what
 * changed before you commit it.
 */

expect.extend({ toMatchFile });

const FOLDER = join(__dirname, "..", "..", "docs", "pictures");

/** The parties that a picture leaves out, so that its text stays large enough: the document shows the others. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  quickstart: [],
  "apim-chain": [],
  "openai-pool": [],
  "mcp-server": ["docs", "docs-metadata", "Docs/Backend"],
};
const EXAMPLES_IN_PICTURES = Object.keys(LEFT_OUT);

test.each(EXAMPLES_IN_PICTURES)("the picture of %s shows the example", async (name) => {
  const report = reportOnExamples(name);
  const names = report.parties.map((party) => party.name);
  expect(names).toEqual(expect.arrayContaining([...LEFT_OUT[name]]));
  const parties = report.parties.filter((party) => !LEFT_OUT[name].includes(party.name));
  const file = await pictureFile({ ...report, parties });
  expect(file).toMatchFile(join(FOLDER, `${name}.svg`));
});

test("each picture stands in a document, with a text for those who do not see it", () => {
  const texts = documents().map(read).join("\n");
  const found = [...texts.matchAll(/!\[([^\]]*)\]\([\w./]*pictures\/([\w-]+)\.svg\)/g)];
  expect(found.map(([, , name]) => name).sort()).toEqual([...EXAMPLES_IN_PICTURES].sort());
  for (const [, alt] of found) expect(alt.length).toBeGreaterThan(40);
  expect(readdirSync(FOLDER).sort()).toEqual(EXAMPLES_IN_PICTURES.map((name) => `${name}.svg`).sort());
});

test.each(EXAMPLES_IN_PICTURES)("the picture of %s is an image that loads nothing", (name) => {
  const text = read(`docs/pictures/${name}.svg`);
  const [root] = parsedXml(text).elements;
  expect(root).toMatchObject({ name: "svg", attributes: { xmlns: "http://www.w3.org/2000/svg", role: "img" } });
  expect(text).toContain("prefers-color-scheme: dark");
  expect(text.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/url\(|href|@import|\bsrc=|<script/);
});
