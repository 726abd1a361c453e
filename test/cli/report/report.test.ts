import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { REPORT_HELP } from "../../../lib/cli/report/options";
import { report } from "../../../lib/cli/report/report";
import { run } from "../../../lib/cli/run";
import { Json } from "../../helpers/synth";
import { readingsOf } from "../../helpers/readings";
import { refusal } from "../../helpers/refusal";
import { writtenStack } from "../../rules/written-stack";

const directory = mkdtempSync(join(tmpdir(), "report-"));
afterAll(() => rmSync(directory, { recursive: true }));

/** The output of cdktf for one stack. */
function outputOf(name: string, json: Json | string): string {
  const folder = join(directory, name, "stacks", "orders");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), typeof json === "string" ? json : JSON.stringify(json));
  return join(directory, name);
}

async function cli(...args: string[]) {
  const written = { out: "", err: "" };
  const code = await run(["report", ...args], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    interactive: false,
  });
  return { code, ...written };
}

function changed(change: (resources: Json) => void): Json {
  const stack = writtenStack();
  change(stack.resource);
  return stack;
}

const closed = outputOf("closed", writtenStack());
const open = outputOf(
  "open",
  changed((all) => void delete all.azurerm_linux_web_app.orders.auth_settings_v2),
);

test("prints one page of HTML, as Markdown, or as JSON", async () => {
  const page = await cli(closed);
  expect([page.code, page.err]).toEqual([0, ""]);
  expect(page.out).toMatch(/^<!DOCTYPE html>\n/);
  expect((await cli(closed, "--format", "markdown")).out).toMatch(/^# Trust report: orders\n/);
  const json = await cli(closed, "--json");
  expect(JSON.parse(json.out)).toMatchObject({ format: 1, title: "orders", findings: [] });
  expect((await cli(closed, "--format", "json")).out).toBe(json.out);
});

/** The files that are written, and how they begin. */
const FILES: readonly (readonly [name: string, beginning: RegExp])[] = [
  ["report.html", /^<!DOCTYPE html>/],
  ["report.md", /^# Trust report/],
  ["report.json", /^\{/],
  ["report", /^<!DOCTYPE html>/],
];

test.each(FILES)("writes %s in the format that its name says", async (name, beginning) => {
  const output = join(directory, name);
  expect(await cli(closed, "--output", output)).toEqual({ code: 0, out: "", err: "" });
  expect(readFileSync(output, "utf8")).toMatch(beginning);
});

test("findings do not fail it: rules check does", async () => {
  const { code, out } = await cli(open, "--format", "markdown");
  expect(code).toBe(0);
  expect(out).toContain("- The rules found 1 error.");
});

describe("--diff", () => {
  test("compares folders, and a report that was written before", async () => {
    const report = join(directory, "base.json");
    await cli(closed, "--output", report);
    for (const base of [closed, report]) {
      const { code, out } = await cli(open, "--diff", base);
      expect(code).toBe(0);
      expect(out).toMatch(/^# Trust report, compared: orders\n\n\*\*6 things opened\.\*\* /);
      expect(out).toContain(
        "| access | app orders: sign-in | A request without a valid token gets 401. | open: It has no Entra sign-in. |",
      );
    }
    const other = join(directory, "head.json");
    await cli(open, "--output", other);
    expect((await cli(other, "--diff", report)).out).toBe((await cli(open, "--diff", closed)).out);
  });

  test("fails only if something opened, and only if that is asked for", async () => {
    expect((await cli(open, "--diff", closed, "--fail-on-opened")).code).toBe(1);
    expect((await cli(closed, "--diff", open, "--fail-on-opened")).code).toBe(1);
    expect((await cli(closed, "--diff", closed, "--fail-on-opened")).code).toBe(0);
    expect((await cli(open, "--diff", closed)).code).toBe(0);
  });

  test("prints JSON", async () => {
    const { out } = await cli(open, "--diff", closed, "--json");
    expect(JSON.parse(out)).toMatchObject({ format: 1, base: "orders", head: "orders" });
    expect(JSON.parse(out).opened).toHaveLength(6);
  });

  test("takes folders with other names for the same configuration", async () => {
    for (const name of ["before", "after"]) {
      mkdirSync(join(directory, name, "infra"), { recursive: true });
      writeFileSync(join(directory, name, "infra", "main.tf.json"), JSON.stringify(writtenStack()));
    }
    const [before, after] = ["before", "after"].map((name) => join(directory, name, "infra"));
    const { out } = await cli(after, "--diff", before);
    expect(out).toBe("# Trust report, compared: infra\n\nNothing changed.\n");
  });
});

describe("what cannot be read", () => {
  test("is listed in the report, and fails", async () => {
    const broken = outputOf("broken", "{");
    const { code, out } = await cli(broken, "--format", "markdown");
    expect(code).toBe(3);
    expect(out).toContain("- 1 file could not be read, so the report is not complete.");
    expect(out).toMatch(/### Not read\n\n- `.*cdk\.tf\.json`: The file is not JSON\./);
  });

  test("a folder without Terraform JSON is an error", async () => {
    const empty = join(directory, "empty");
    mkdirSync(empty);
    const { code, err } = await cli(empty);
    expect(code).toBe(2);
    expect(err).toEqual(refusal("configuration-missing", empty));
  });

  test("a report of another version is an error", async () => {
    const file = join(directory, "other.json");
    writeFileSync(file, JSON.stringify({ format: 2, parties: [] }));
    const { code, err } = await cli(closed, "--diff", file);
    expect(code).toBe(3);
    expect(err).toEqual(refusal("report-of-other-format", file));
  });
});

/** Wrong command lines. */
const WRONG: readonly (readonly [args: string[], id: string])[] = [
  [["--format", "pdf"], "report-format-unknown"],
  [["--fail-on-opened"], "opened-without-diff"],
  [["--diff", "base", "--format", "html"], "diff-as-html"],
  [["--diff", "base", "--output", "diff.html"], "diff-as-html"],
  [["--dif", "base"], "option-unknown"],
];

test.each(WRONG)("refuses %j", async (args, id) => {
  const { code, out, err } = await cli(...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(`(${id})\nSee cdktf-secure-apim-backend report --help.`);
});

test("formats that contradict each other are an error, as JSON", async () => {
  const { code, out } = await cli("--json", "--format", "html");
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ id: "formats-contradict" });
});

test("prints its help", async () => {
  expect(await cli("--help")).toEqual({ code: 0, out: REPORT_HELP, err: "" });
});

test("a file that cannot be written is an error", async () => {
  const output = join(directory, "missing", "report.html");
  const { code, err } = await cli(closed, "--output", output);
  expect(code).toBe(4);
  expect(err).toEqual(refusal("output-cannot-be-written", output));
});

test("each policy is read once", () => {
  const policies = Object.entries<Json>(writtenStack().resource).flatMap(([type, each]) =>
    /_policy(?:_fragment)?$/.test(type) ? Object.keys(each) : [],
  );
  const console = { out: () => {}, err: () => {}, interactive: false };
  const read = readingsOf(() => void report(["--format", "json", closed], console)).map(({ way }) => way);
  expect(read).toEqual(policies.map(() => "XML"));
});
