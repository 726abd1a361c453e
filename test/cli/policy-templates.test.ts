import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { workOf } from "../helpers/work";
import { policy } from "../../lib/cli/policy/policy";
import { commandLine } from "./command-line";

const directory = mkdtempSync(join(tmpdir(), "templates-"));
afterAll(() => rmSync(directory, { recursive: true }));

const file = join(directory, "orders.xml.tpl");
const inbound = (...lines: string[]): string =>
  [
    "<policies>",
    "  <inbound>",
    "    <base />",
    ...lines.map((line) => `    ${line}`),
    "  </inbound>",
    "</policies>",
    "",
  ].join("\n");

async function check(template: string, ...more: string[]) {
  writeFileSync(file, template);
  const { code, out } = await commandLine(["policy", "check", file, "--json", ...more]);
  const [document] = JSON.parse(out).documents;
  return { code, document };
}

describe("a template of Terraform is judged as far as it can be", () => {
  test.each([
    ['<set-backend-service backend-id="${backend}" />', "an attribute"],
    ['<set-variable name="v" value="${lookup(map, "a")}" />', "quotes in an attribute"],
    ["<ip-filter action='allow'><address>${join(\"<>&'\", list)}</address></ip-filter>", "markup in a text"],
    ['<set-variable name="v" value="@(context.Api.Name + "${suffix}")" />', "code"],
    [
      '<set-header name="a"><value>${ { for k, v in m : k => "${v}}" }["a"] }</value></set-header>',
      "braces and strings",
    ],
    ['<set-header name="a"><value>$${literal} %%{literal} {{named}}</value></set-header>', "what is escaped"],
    ["<!-- ${comment} -->", "a comment"],
  ])("%s can be merged: %s", async (line) => {
    const { code, document } = await check(inbound(line), "--resolve", "KEEP_BACKEND");
    expect(document).toMatchObject({ result: "mergeable", template: true, notJudged: [] });
    expect(code).toBe(0);
  });

  test("what it decides among policies is not judged, and is said with its place", async () => {
    const template = inbound(
      "%{ if length(addresses) > 0 ~}",
      '<ip-filter action="allow"><address>${addresses[0]}</address></ip-filter>',
      "%{ else ~}",
      "<rate-limit calls='1' renewal-period='2' />",
      "%{ endif ~}",
      "<!-- ${no} --> ${more}",
      '<choose><when condition="@(true)">${indent(4, file("policies/with/a/long/name/that/nobody/wants/to/read.xml"))}</when></choose>',
    );
    writeFileSync(file, template);
    const { code, out } = await commandLine(["policy", "check", file]);
    expect(code).toBe(5);
    const rendered = "Render the template, such as with terraform console, and check the result too.";
    const lines = out.split("\n");
    expect(lines[0]).toBe(`${file}: can be merged`);
    expect(lines.slice(4)).toEqual([
      "  not judged at 4:5 %{ if length(addresses) > 0 ~} decides whether the policies after it are there, or how often. They were judged as " +
        `if they are there once. ${rendered} (template-chooses-policies)`,
      "  not judged at 9:20 ${more} can insert policies, which are known only when Terraform renders the template. " +
        `${rendered} (template-inserts-policies)`,
      '  not judged at 10:39 ${indent(4, file("policies/with/a/long/name/that/nobody/want... can insert policies, which are known only when ' +
        `Terraform renders the template. ${rendered} (template-inserts-policies)`,
      "1 can be merged, 0 with conflicts, 0 cannot be read. 1 cannot be judged as a whole.",
      "",
    ]);
  });

  test("a conflict in it is found beside what is not judged, and is what the exit code says", async () => {
    const { code, document } = await check(
      inbound("${more}", '<set-backend-service base-url="${join("/", [url])}" />'),
    );
    expect(code).toBe(1);
    expect(document.findings).toMatchObject([{ id: "backend-already-chosen", line: 5, column: 5 }]);
    expect(document.notJudged).toEqual([
      { line: 4, column: 5, message: expect.stringContaining("${more} can insert policies") },
    ]);
  });

  test("text that is no part of it is still found", async () => {
    const { document } = await check(inbound("${more}", "stray"));
    expect(document.findings).toMatchObject([{ id: "text-beside-policies", line: 5, column: 5 }]);
  });

  test("a finding quotes it as it is written", async () => {
    const { document } = await check(inbound('<set-headr name="${a["b"]}" />', "<b${"));
    expect(JSON.stringify(document)).not.toMatch(/[\uF8F0-\uF8F5]/);
    expect(document).toMatchObject({ result: "unreadable" });
  });

  test("a merge keeps it byte for byte", async () => {
    const template = inbound('<set-variable name="v" value="${lookup(map, "a")}" />', "${more}");
    writeFileSync(file, template);
    const { code, out, err } = await commandLine(["policy", "merge", file, "--audience", "api://orders"]);
    expect(code).toBe(5);
    expect(err).toContain("not judged at 5:5 ${more} can insert policies");
    expect(out.split("\n").filter((line) => !line.includes("secure-apim-backend-"))).toEqual(template.split("\n"));
    const size = Buffer.byteLength(out);
    const json = JSON.parse((await commandLine(["policy", "merge", file, "--audience", "api://orders", "--json"])).out);
    expect(json).toMatchObject({ size, documentSize: template.length, xml: out });
    expect(readFileSync(file, "utf8")).toBe(template);
  });

  test("--template says that other files, or standard input, are templates", async () => {
    const template = inbound('<set-variable name="v" value="${lookup(map, "<")}" />');
    expect((await commandLine(["policy", "check", "-"], template)).code).toBe(3);
    expect((await commandLine(["policy", "check", "-", "--template"], template)).code).toBe(0);
  });

  test.each<[string, (length: number) => string]>([
    ["sequences", (length) => inbound("${a}\n".repeat(length / 5))],
    ["opened sequences", (length) => inbound("${".repeat(length / 2))],
    ["strings", (length) => inbound(`<a>\${${'"'.repeat(length)}}</a>`)],
    ["comments without an end", (length) => inbound("${a}<!-".repeat(length / 7))],
    ["sequences between elements", (length) => inbound("<choose>${a}</choose>\n".repeat(length / 22))],
  ])("the work grows with its length: %s", (_, make) => {
    const [small, large] = [16 * 1024, 64 * 1024].map((length) => {
      writeFileSync(file, make(length));
      const silent = { out: () => undefined, err: () => undefined, interactive: false };
      return workOf(() => policy(["check", file], silent));
    });
    expect(large / small).toBeLessThan(4 * 1.25);
  });
});

describe("the tier of the gateway", () => {
  const large = inbound(`<!-- ${"x".repeat(20 * 1024)} -->`);

  test("says how large the document may be", async () => {
    const limits = { Consumption: 16384, StandardV2: 262144 };
    for (const [sku, limit] of Object.entries(limits))
      expect((await check(inbound(), "--sku", sku)).document).toMatchObject({ result: "mergeable", limit });
    writeFileSync(file, inbound());
    expect((await commandLine(["policy", "check", file, "--sku", "Premium_1"])).out).toContain(
      "  size 1.0 KiB merged, 0.1 KiB now, before Terraform renders the template, of at most 256.0 KiB on Premium\n",
    );
  });

  test("Consumption refuses what the others accept", async () => {
    const { code, document } = await check(large, "--sku", "consumption");
    expect(code).toBe(1);
    expect(document).toMatchObject({
      result: "conflicts",
      documentSize: Buffer.byteLength(large),
      limit: 16384,
      findings: [
        {
          id: "policy-too-large-for-consumption",
          severity: "conflict",
          line: 1,
          column: 1,
          message: expect.stringMatching(
            /^With the statements, the document has 2\d\.\d KiB, but Consumption accepts at most 16\.0 KiB\.$/,
          ),
        },
      ],
    });
    expect((await check(large)).code).toBe(0);
    expect((await check(large, "--sku", "Basic")).code).toBe(0);
  });

  test("without a tier, a document that is too large for Consumption says so", async () => {
    writeFileSync(file, large);
    expect((await commandLine(["policy", "check", file])).out).toMatch(
      /\n {2}size 2\d\.\d KiB merged, 2\d\.\d KiB now, before Terraform renders the template, of at most 256\.0 KiB \(too large for Consumption: 16\.0 KiB\)\n/,
    );
  });
});

test("of what cannot be judged, the first 20 places are said, beside the findings", async () => {
  const [warnings, places] = ["<a/>".repeat(30), "${a}".repeat(41)];
  const { document } = await check(inbound(warnings + places));
  expect([document.findings.length, document.notJudged.length]).toEqual([30, 41]);
  const { code, out } = await commandLine(["policy", "check", file]);
  expect(code).toBe(5);
  expect(out.match(/^ {2}warning at /gm)).toHaveLength(20);
  expect(out.match(/^ {2}not judged at /gm)).toHaveLength(20);
  expect(out).toContain(
    "\n  The document has 10 more warnings. Write --json to see all of them. (more-findings)\n  not judged at ",
  );
  expect(out).toContain(
    "\n  The template has 21 more places that cannot be judged. Write --json to see all of them. (more-not-judged)\n",
  );
});
