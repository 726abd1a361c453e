import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { parseAllDocuments } from "yaml";
import { documents, read } from "../helpers/snippets";

/* What the guides show besides TypeScript, and what they must not leave out. */

const blocks = (language: string): [place: string, text: string][] =>
  documents().flatMap((file) =>
    [...read(file).matchAll(new RegExp("```" + language + "\\n([\\s\\S]*?)```", "g"))].map(
      (match, index): [string, string] => [`${file}, block ${index + 1}`, match[1]],
    ),
  );

test.each(blocks("yaml"))("%s is YAML", (_, text) => {
  expect(parseAllDocuments(text).flatMap(({ errors }) => errors.map(String))).toEqual([]);
});

/** The calls of our command in blocks of the shell and of pipelines, without what they only pass on. */
const calls = [...blocks("sh"), ...blocks("yaml")].flatMap(([place, text]) =>
  [...text.replace(/\\\n/g, " ").matchAll(/npx cdktf-secure-apim-backend ([^\n]*)/g)].map(
    ([, call]): [string, string] => [place, call.replace(/'[^']*'/g, "...")],
  ),
);

test.each(calls)("%s calls the command with options that it has: %s", (_, call) => {
  const reference = read("docs/reference/cli.md");
  const options = call.match(/--[a-z][\w-]*/g) ?? [];
  expect(options.filter((option) => !reference.includes(`\`${option}`))).toEqual([]);
});

const page = read("docs/guides/troubleshooting.md");

test("troubleshooting names every cause that verify can find at an app or a gateway", () => {
  const folder = join(__dirname, "..", "..", "lib", "cli", "verify");
  const ids = readdirSync(folder)
    .filter((file) => /^(?:sign-in|gateway)-rules\.ts$/.test(file))
    .flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(/diagnosis\(\s*"([a-z-]+)"/g)])
    .map(([, id]) => id);
  expect(ids.length).toBeGreaterThan(25);
  expect(ids.filter((id) => !page.includes(`errors.md#${id})`))).toEqual([]);
});

test("every common problem says what you see, why, and what the library does, and is in the table of the documentation", () => {
  const [, ...sections] = read("docs/guides/common-problems.md").split("\n## See also")[0].split("\n## ");
  expect(sections).toHaveLength(15);
  const parts = ["**You see**", "**Because**", "**The library**"];
  expect(sections.filter((section) => parts.some((part) => !section.includes(part)))).toEqual([]);
  expect(read("docs/README.md").match(/common-problems\.md#/g)).toHaveLength(15);
});

test("every guide is in the table of the documentation, has a question of its own as title, and leads on", () => {
  const index = read("docs/README.md");
  const guides = documents().filter((file) => file.startsWith("docs/guides/"));
  expect(guides.filter((file) => !index.includes(`(${file.slice("docs/".length)}`))).toEqual([]);
  const titles = guides.map((file) => read(file).split("\n")[0]);
  expect(new Set(titles).size).toBe(guides.length);
  expect(titles.filter((title) => !/^# \S/.test(title))).toEqual([]);
  expect(guides.filter((file) => !read(file).includes("\n## See also\n"))).toEqual([]);
});
