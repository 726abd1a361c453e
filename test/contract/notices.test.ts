import { execFileSync } from "child_process";
import { readFileSync } from "fs";
import { join } from "path";
import { toMatchFile } from "jest-file-snapshot";
import { bundledPackages, contents, notices } from "../../tools/release/notices.cjs";

/* What is bundled under other licenses is named in the package, with the text of its license. */

expect.extend({ toMatchFile });

const ROOT = join(__dirname, "..", "..");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

test("THIRD-PARTY-NOTICES.txt names everything that is bundled, with its license", () => {
  expect(notices()).toMatchFile(join(ROOT, "THIRD-PARTY-NOTICES.txt"));
});

test("the packed file has the notices", () => {
  expect(manifest.files).toContain("THIRD-PARTY-NOTICES.txt");
});

test("every dependency is bundled, so that the notices are complete", () => {
  expect(Object.keys(manifest.dependencies).sort()).toEqual([...manifest.bundleDependencies].sort());
});

/** Licenses that allow what this package does, under the conditions that the notices meet. */
const ACCEPTED = [
  "Apache-2.0",
  "Apache-2.0 WITH LLVM-exception",
  "BSD-3-Clause",
  "EPL-2.0",
  "ISC",
  "MIT",
  "Python-2.0",
];

test("every license is one that was reviewed", () => {
  const licenses = [...bundledPackages(), ...contents()].map(({ name, license }) => ({ name, license }));
  expect(licenses.filter(({ license }) => !ACCEPTED.includes(license))).toEqual([]);
});

test.each(contents())(
  "what is said of $name was looked up for the version of $package that is installed",
  (content) => {
    const versions = new Map(bundledPackages().map(({ name, version }) => [name, version]));
    expect(content.packageVersion).toBe(versions.get(content.package));
  },
);

test("the notices name the version of Graphviz that draws", () => {
  const script = 'import { Graphviz } from "@hpcc-js/wasm-graphviz"; console.log((await Graphviz.load()).version());';
  const version = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(contents().find(({ name }) => name === "Graphviz")?.version).toBe(version.trim());
});
