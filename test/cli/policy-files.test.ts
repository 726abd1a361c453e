import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { dirname, join } from "path";
import { commandLine } from "./command-line";

const POLICY = "<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>\n";
const FRAGMENT = '<fragment>\n  <set-header name="a" />\n</fragment>\n';

const directory = mkdtempSync(join(tmpdir(), "files-"));
const before = process.cwd();
afterAll(() => {
  process.chdir(before);
  rmSync(directory, { recursive: true });
});

const FILES: Record<string, string> = {
  "orders.xml": POLICY,
  "orders.policy.xml": POLICY,
  "old/portal.cshtml": POLICY,
  "old/portal.policy": POLICY,
  "infra/api.xml.tpl": POLICY,
  "infra/deep/api.xml.tftpl": POLICY,
  "infra/deep/API.XML.TMPL": POLICY,
  "infra/main.tf": "",
  "infra/vars.tf": "",
  "infra/plain.tpl": POLICY,
  "infra/.hidden/h.txt": POLICY,
  README: "",
  "notes.txt": POLICY,
  "pom.xml": "<project />",
  "fragment.xml": FRAGMENT,
  "node_modules/x/x.xml": POLICY,
  ".git/x.xml": POLICY,
  ".terraform/x.xml": POLICY,
  "-odd.xml": POLICY,
  "a[1]{2}*.xml": POLICY,
};

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  symlinkSync("..", join(directory, "infra", "circle"));
  process.chdir(directory);
});

/** The files that are reported. */
async function checked(...args: string[]): Promise<string[]> {
  const { out } = await commandLine(["policy", "check", "--json", ...args]);
  return JSON.parse(out).documents.map(({ file }: { file: string }) => file);
}

describe("a folder", () => {
  test("is searched for the names that policy documents and their templates have", async () => {
    expect(await checked(".")).toEqual([
      "-odd.xml",
      "a[1]{2}*.xml",
      "infra/api.xml.tpl",
      "infra/deep/API.XML.TMPL",
      "infra/deep/api.xml.tftpl",
      "old/portal.cshtml",
      "old/portal.policy",
      "orders.policy.xml",
      "orders.xml",
    ]);
  });

  test("what it did not read is said, with how to read it", async () => {
    const { code, out } = await commandLine(["policy", "check", "."]);
    expect(code).toBe(0);
    expect(out.split("\n").slice(-5)).toEqual([
      "not checked: fragment.xml. The document is a policy fragment, which has no sections to merge into.",
      "not checked: pom.xml. The root element is <project>, so this is not a policy document.",
      "7 other files were not read: 2 .tf, 2 .txt, 2 without an ending, 1 .tpl. If policies are among them, write a pattern such as " +
        "'infra/*.tpl'. (files-not-read)",
      "9 can be merged, 0 with conflicts, 0 cannot be read.",
      "",
    ]);
  });

  test("the same to machines", async () => {
    const { skipped, summary } = JSON.parse((await commandLine(["policy", "check", "--json", "."])).out);
    expect(skipped).toEqual([
      "fragment.xml",
      "pom.xml",
      "README",
      "infra/.hidden/h.txt",
      "infra/circle",
      "infra/main.tf",
      "infra/plain.tpl",
      "infra/vars.tf",
      "notes.txt",
    ]);
    expect(summary).toEqual({ mergeable: 9, conflicts: 0, unreadable: 0, notJudged: 0, skipped: 9 });
  });

  test("in which none is, is a mistake", async () => {
    expect(await commandLine(["policy", "check", "infra/.hidden"])).toEqual({
      code: 2,
      out: "",
      err:
        "There is no policy document in infra/.hidden: no *.xml, *.policy, *.cshtml, and no template of them. It has 1 .txt. " +
        "Write the name of a file, or a pattern such as 'infra/.hidden/*.txt'. (folder-without-policies)\n" +
        "See cdktf-secure-apim-backend policy check --help.\n",
    });
  });
});

describe("a pattern reads whatever it matches", () => {
  test.each<[string[], string[]]>([
    [["*.txt"], ["notes.txt"]],
    [["./*.txt"], ["notes.txt"]],
    [["infra/*.tpl"], ["infra/api.xml.tpl", "infra/plain.tpl"]],
    [["infra/**/*.t*pl"], ["infra/api.xml.tpl", "infra/deep/api.xml.tftpl", "infra/plain.tpl"]],
    [["**/portal.*"], ["old/portal.cshtml", "old/portal.policy"]],
    [["old/portal.{policy,cshtml}"], ["old/portal.policy", "old/portal.cshtml"]],
    [["{orders,nothing}.xml"], ["orders.xml"]],
    [["o?d/portal.polic?"], ["old/portal.policy"]],
    [["infra/.*/*"], ["infra/.hidden/h.txt"]],
    [
      ["orders*", "orders.xml"],
      ["orders.policy.xml", "orders.xml"],
    ],
    [[join(directory, "*.txt")], [join(directory, "notes.txt")]],
    // A file that exists is no pattern.
    [["a[1]{2}*.xml"], ["a[1]{2}*.xml"]],
    [["--", "-odd.xml"], ["-odd.xml"]],
  ])("%j", async (args, files) => {
    expect(await checked(...args)).toEqual(files);
  });

  test("and nothing is a mistake", async () => {
    for (const pattern of ["*.docx", "nowhere/**/*.xml", "{a,b}.docx"])
      expect(await commandLine(["policy", "check", pattern])).toEqual({
        code: 2,
        out: "",
        err:
          `No file matches the pattern ${pattern}. Write a pattern such as 'apis/**/*.xml.tpl', in which ** is any number of folders. ` +
          "(pattern-without-files)\nSee cdktf-secure-apim-backend policy check --help.\n",
      });
  });

  test("in time that grows with its length", async () => {
    const started = Date.now();
    await commandLine(["policy", "check", `${"*a".repeat(2000)}b`]);
    await commandLine(["policy", "check", `${"**/".repeat(2000)}b*`]);
    expect(Date.now() - started).toBeLessThan(2000);
  });
});

test("a named file is checked, whatever it is", async () => {
  const { code, out } = await commandLine(["policy", "check", "notes.txt", "pom.xml", "fragment.xml"]);
  expect(code).toBe(1);
  expect(out).toContain("notes.txt: can be merged\n");
  expect(out).toContain("pom.xml: has conflicts\n");
  expect(out).toContain("fragment.xml: has conflicts\n");
});

test("patterns name Terraform JSON too", async () => {
  writeFileSync("a.tf.json", "{}");
  writeFileSync("b.tf.json", "{}");
  const { out } = await commandLine(["rules", "check", "[ab].tf.json"]);
  expect(out).toContain("cannot read [ab].tf.json");
  const { summary } = JSON.parse((await commandLine(["rules", "check", "--json", "?.tf.json"])).out);
  expect(summary.stacks).toBe(1);
});
