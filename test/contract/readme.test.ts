import { readFileSync } from "fs";
import { join } from "path";

const ROOT = join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");

/** Lines without their indentation: a snippet stands further left than the code that it is taken from. */
const lines = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .join("\n");

const readme = read("README.md");
const snippets = [...readme.matchAll(/<!-- (examples\/[\w-]+\.ts) -->\n\n```ts\n([\s\S]*?)```/g)].map(
  ([, file, code]): [string, string] => [file, code],
);

test("the first screen is the one statement of the quickstart", () => {
  expect(snippets[0][0]).toBe("examples/quickstart.ts");
  expect(readme.indexOf("new SecureApimBackend")).toBeLessThan(800);
});

test.each(snippets)("a snippet stands in %s as it stands in the README", (file, code) => {
  expect(lines(read(file))).toContain(lines(code));
});

test("every file that the README links to is there", () => {
  const links = [...readme.matchAll(/\]\(([\w./-]+)\)/g)].map(([, link]) => link);
  expect(links.length).toBeGreaterThan(8);
  expect(() => links.forEach(read)).not.toThrow();
});
