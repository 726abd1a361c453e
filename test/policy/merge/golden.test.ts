import { readdirSync, readFileSync, writeFileSync } from "fs";
import { join } from "path";
import { PolicyDocument } from "../../../lib/policy/policy-document";
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

  it("stays as it is when merged again", () => {
    expect(merged(golden(name, "out"))).toBe(golden(name, "out"));
  });

  it("has its own bytes again once ours are taken out", () => {
    const own = withoutInserted(before);
    expect(withoutInserted(golden(name, "out"))).toBe(own);
    expect(own === before).toBe(name !== "merged-before");
  });
});
