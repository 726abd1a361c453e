import { execFileSync, spawnSync } from "child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { parse } from "yaml";
import { bundledPackages, contents } from "../../tools/release/notices.cjs";
import { Json } from "../helpers/synth";

/* How a version is made, tried in a copy of the files that it changes. */

const ROOT = join(__dirname, "..", "..");
const read = (file: string): string => readFileSync(join(ROOT, file), "utf8");
const manifest = JSON.parse(read("package.json"));

const UNRELEASED = "# Changelog\n\n## 0.1.0 (unreleased)\n\n- Something that is possible.\n";

describe("a version", () => {
  let copy: string;

  beforeEach(() => {
    copy = mkdtempSync(join(tmpdir(), "release-"));
    for (const file of [".changeset", "tools/release", "test/contract/addresses.txt"])
      cpSync(join(ROOT, file), join(copy, file), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    writeFileSync(join(copy, "package.json"), JSON.stringify({ name: manifest.name, version: "0.1.0" }));
    writeFileSync(
      join(copy, "package-lock.json"),
      JSON.stringify({ name: manifest.name, version: "0.1.0", packages: {} }),
    );
    writeFileSync(join(copy, "CHANGELOG.md"), UNRELEASED);
    for (const page of ["README.md", "SECURITY.md"]) writeFileSync(join(copy, page), "# A page\n");
    mkdirSync(join(copy, "docs", "guides"), { recursive: true });
    execFileSync("git", ["init", "--quiet"], { cwd: copy });
  });

  afterEach(() => rmSync(copy, { recursive: true, force: true }));

  const inCopy = (file: string): string => readFileSync(join(copy, file), "utf8");
  const changeset = (bump: string, text: string): void =>
    writeFileSync(join(copy, ".changeset", "a-change.md"), `---\n"${manifest.name}": ${bump}\n---\n\n${text}\n`);

  function script(name: string, ...options: string[]): { status: number | null; output: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join("tools", "release", name), ...options], {
      cwd: copy,
      encoding: "utf8",
    });
    return { status, output: `${stdout}${stderr}` };
  }

  const version = (): { status: number | null; output: string } => script("version.mjs");

  test("the first version is the one that the changelog describes", () => {
    expect(script("check.mjs", "v0.1.0").output).toContain("CHANGELOG.md says that 0.1.0 is unreleased.");
    expect(version()).toMatchObject({ status: 0 });
    expect(inCopy("CHANGELOG.md")).toBe(UNRELEASED.replace(" (unreleased)", ""));
    expect(inCopy("test/contract/addresses.released.txt")).toBe(read("test/contract/addresses.txt"));
    expect(script("check.mjs", "v0.1.0")).toEqual({ status: 0, output: "" });
  });

  test("a later version has the text of its changesets, without commits and names", () => {
    version();
    changeset("minor", "`Backend.webApp` takes `stickySettings`.\nThey stay with their slot.");
    expect(version()).toMatchObject({ status: 0 });
    expect(JSON.parse(inCopy("package.json")).version).toBe("0.2.0");
    expect(JSON.parse(inCopy("package-lock.json")).version).toBe("0.2.0");
    expect(inCopy("CHANGELOG.md")).toContain(
      "## 0.2.0\n\n### Minor Changes\n\n- `Backend.webApp` takes `stickySettings`.\n  They stay with their slot.\n\n## 0.1.0\n",
    );
    expect(script("check.mjs", "v0.2.0")).toEqual({ status: 0, output: "" });
  });

  test("without a change there is nothing to release", () => {
    version();
    expect(version()).toEqual({
      status: 1,
      output: "There is nothing to release. `npx changeset` says what changed.\n",
    });
  });

  test("a changeset cannot come before the first release", () => {
    changeset("minor", "`Backend.webApp` takes `stickySettings`.");
    expect(version()).toEqual({
      status: 1,
      output: "Before the first release there are no changesets: move the text of a-change.md into CHANGELOG.md.\n",
    });
    expect(inCopy("CHANGELOG.md")).toBe(UNRELEASED);
  });

  test.each([
    ["README.md", "Version 0.1.0, [not yet published](CHANGELOG.md)."],
    ["SECURITY.md", "Nothing is\npublished yet."],
    ["docs/guides/python.md", "The package is not on PyPI yet."],
  ])("is not released while %s says that nothing is published", (page, sentence) => {
    writeFileSync(join(copy, page), `# A page\n\n${sentence}\n`);
    expect(version().output).toContain(`${page} says that nothing is published: correct it.\nVersion 0.1.0.`);
    const { status, output } = script("check.mjs", "v0.1.0");
    expect(status).toBe(1);
    expect(output).toContain(`${page} says that nothing is published.\n`);
  });

  test.each([
    ["another tag", "v0.3.0", "The tag is v0.3.0, but package.json has version 0.1.0."],
    ["a changeset that is left over", "v0.1.0", "Changesets are left over: a-change.md."],
  ])("%s is not released", (_, tag, problem) => {
    version();
    changeset("patch", "A fix.");
    const { status, output } = script("check.mjs", tag);
    expect(status).toBe(1);
    expect(output).toContain(problem);
  });
});

test("the bill of materials has every bundled package, and what is compiled into it", () => {
  const load = `import { sbom } from ${JSON.stringify(join(ROOT, "tools", "release", "sbom.mjs"))};
    process.stdout.write(sbom({ name: "a-package", version: "1.2.3" }));`;
  const text = execFileSync(process.execPath, ["--input-type=module", "-e", load], { encoding: "utf8" });
  const { metadata, components, dependencies } = JSON.parse(text);
  const all = [...bundledPackages(), ...contents()].map(({ name, version: of }) => ({ name, version: of }));
  expect(components.map(({ name, version: of }: Json) => ({ name, version: of }))).toEqual(expect.arrayContaining(all));
  expect(components).toHaveLength(all.length);
  expect(metadata.component).toMatchObject({ name: "a-package", version: "1.2.3", purl: "pkg:npm/a-package@1.2.3" });
  expect(dependencies[0].dependsOn.sort()).toEqual(
    bundledPackages()
      .filter(({ name }) => manifest.bundleDependencies.includes(name))
      .map(({ name, version: of }) => `${name}@${of}`),
  );
  expect(text).not.toContain(`"${manifest.name}@`);
});

describe("the workflow", () => {
  const { on, permissions, jobs } = parse(read(".github/workflows/release.yml"));

  test("builds the same on a pull request as for a release, and publishes only for a tag", () => {
    expect(Object.keys(on)).toEqual(["push", "pull_request", "workflow_dispatch"]);
    expect(on.push).toEqual({ tags: ["v*"] });
    expect(jobs.build.if).toBeUndefined();
    expect(jobs.build.steps.map(({ run }: Json) => run)).toContain("npm run release:build -- --complete");
    for (const job of ["npm", "pypi"]) expect(jobs[job].if).toBe("startsWith(github.ref, 'refs/tags/')");
    expect(jobs.github.needs).toEqual(["npm", "pypi"]);
    // `release:build -- --complete` packs both.
    expect(jobs.npm.strategy.matrix.package).toEqual([manifest.name, "cdktn-secure-apim-backend"]);
  });

  test("has no token: each registry trusts the workflow, in an environment that somebody approves", () => {
    expect(read(".github/workflows/release.yml")).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN|password/);
    expect(permissions).toEqual({ contents: "read" });
    for (const job of ["npm", "pypi"])
      expect(jobs[job]).toMatchObject({ environment: job, permissions: { "id-token": "write" } });
    expect(jobs.build.permissions).toBeUndefined();
  });
});

describe("forms on GitHub", () => {
  const INPUTS = ["markdown", "textarea", "input", "dropdown", "checkboxes"];

  test.each(["bug", "feature"])("%s.yml is a form", (name) => {
    const { name: title, description, labels, body, ...rest } = parse(read(`.github/ISSUE_TEMPLATE/${name}.yml`));
    expect([title, description, labels]).not.toContain(undefined);
    expect(rest).toEqual({});
    const asked = body.filter(({ type }: Json) => type !== "markdown");
    expect(body.filter(({ type }: Json) => !INPUTS.includes(type))).toEqual([]);
    expect(asked.filter(({ id, attributes }: Json) => !/^[\w-]+$/.test(id) || !attributes.label)).toEqual([]);
    expect(new Set(asked.map(({ id }: Json) => id)).size).toBe(asked.length);
  });

  test("a vulnerability is reported in private", () => {
    const { blank_issues_enabled: blank, contact_links: links } = parse(read(".github/ISSUE_TEMPLATE/config.yml"));
    expect(blank).toBe(false);
    expect(links[0].url).toMatch(/\/security\/advisories\/new$/);
  });

  test("updates of npm packages and of actions are proposed", () => {
    const { version: schema, updates } = parse(read(".github/dependabot.yml"));
    expect(schema).toBe(2);
    expect(updates.map((each: Json) => each["package-ecosystem"])).toEqual(["npm", "github-actions"]);
    expect(updates.filter(({ directory, schedule }: Json) => directory !== "/" || !schedule.interval)).toEqual([]);
  });
});
