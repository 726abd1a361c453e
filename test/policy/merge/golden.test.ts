import { readdirSync, readFileSync, writeFileSync } from "fs";
import { join } from "path";
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { withoutHashes } from "../../helpers/synth";
import { ROUTE, TOKEN, VALIDATION, withoutInserted } from "../statements";

const DIRECTORY = join(__dirname, "golden");
const NAMES = readdirSync(DIRECTORY)
  .filter((name) => name.endsWith(".in.xml"))
  .map((name) => name.replace(".in.xml", ""));

const golden = (name: string, side: "in" | "out"): string =>
  readFileSync(join(DIRECTORY, `${name}.${side}.xml`), "utf8");
const OURS = PolicyDocument._of(VALIDATION, ROUTE, TOKEN);
const merged = (xml: string): string => PolicyDocument.fromXml(xml).merge(OURS).toXml();

if (process.env.UPDATE_GOLDEN !== undefined) {
  for (const name of NAMES) writeFileSync(join(DIRECTORY, `${name}.out.xml`), merged(golden(name, "in")));
}

describe.each(NAMES)("the document %s", (name) => {
  const before = golden(name, "in");

  it("comes back byte for byte when nothing is merged", () => {
    expect(PolicyDocument.fromXml(before).toXml()).toBe(before);
  });

  it("is merged as expected", () => {
    expect(merged(before)).toBe(golden(name, "out"));
  });

  it("is merged in the same way with the newlines of Windows", () => {
    const onWindows = (xml: string): string => xml.replace(/\r\n|\r|\n/g, "\r\n");
    expect(withoutHashes(merged(onWindows(before)))).toBe(withoutHashes(onWindows(golden(name, "out"))));
  });

  it("stays as it is when merged again", () => {
    expect(merged(golden(name, "out"))).toBe(golden(name, "out"));
  });

  it("has its own bytes again once ours are taken out", () => {
    const own = withoutInserted(before);
    expect(withoutInserted(golden(name, "out"))).toBe(own);
    expect(own === before).toBe(name !== "merged-before");
  });
});

it.each([
  ["a comment on its line", "<base /> <!-- parent -->|\n"],
  ["two comments on its line", "<base /><!-- a --> <!-- b -->|\n"],
  ["white space at the end of its line, which stays there", "<base />| \t\n"],
  ["not after another policy on its line", '<base />|<rate-limit calls="1" renewal-period="60" /><!-- limit -->\n'],
  ["not after a comment of several lines", "<base />| <!-- a\n b -->\n"],
])("a validation is inserted after <base /> and %s", (_, expected) => {
  const document = PolicyDocument.fromXml(`<policies>\n<inbound>\n${expected.replace("|", "")}</inbound>\n</policies>`);
  const text = document.merge(PolicyDocument._of(VALIDATION)).toXml();
  expect(text.replace(/\n<validate-azure-ad-token[^]*<\/validate-azure-ad-token>/, "|")).toContain(expected);
});

it.each(["\t", "  ", "    "])("an empty section of an indented document gets one level more of %j", (unit) => {
  const lines = ["<policies>", `${unit}<inbound>`, `${unit}</inbound>`, "</policies>"];
  const document = PolicyDocument.fromXml(lines.map((line) => unit + line).join("\n"));
  const text = document.merge(PolicyDocument._of(ROUTE)).toXml();
  expect(text).toMatch(new RegExp(`\\n${unit.repeat(3)}<set-backend-service`));
});
