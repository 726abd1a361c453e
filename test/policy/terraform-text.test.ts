import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { asTemplate } from "../../lib/core/template";
import { PolicyDocument } from "../../lib/policy/policy-document";
import { PolicySection } from "../../lib/policy/statement";
import { PolicyStatement } from "../../lib/policy/policy-statement";
import { terraformText } from "../../lib/policy/terraform-text";
import { runTerraform, withTerraform } from "../helpers/terraform";
import { withoutInserted } from "./statements";

const LONG = 20_000;

describe("the text of a policy", () => {
  test("is as it is written, while Terraform is quick with it", () => {
    expect(terraformText([{ text: '<a>\n  "b" \\n ${c}\n</a>', isForeign: false }])).toBe('<a>\n  "b" \\n $${c}\n</a>');
  });

  test("is on one line once it is long", () => {
    const text = `<a>\r\n\t"b" \\n \${c} %{d}\n${"x".repeat(LONG)}</a>`;
    const written = `\${"<a>\\r\\n\\t\\"b\\" \\\\n $\${c} %%{d}\\n${"x".repeat(LONG)}</a>"}`;
    expect(terraformText([{ text, isForeign: false }])).toBe(written);
  });

  test("is long with more than 16 KiB in all its parts", () => {
    const parts = (length: number) =>
      [1, length - 1].map((count) => ({ text: "x".repeat(count), isForeign: count === 1 }));
    expect(terraformText(parts(16384))).toBe("x".repeat(16384));
    expect(terraformText(parts(16385))).toBe(`\${"${"x".repeat(16385)}"}`);
  });

  test("keeps the tokens of the app, and none in what the app has not written", () => {
    const text = "<a>${TfToken[TOKEN.1]}</a>";
    const both = [true, false].map((isForeign) => ({ text, isForeign }));
    expect(terraformText(both)).toBe('<a>$${Tf${""}Token[TOKEN.1]}</a><a>${TfToken[TOKEN.1]}</a>');
  });
});

withTerraform("a policy from a file arrives byte for byte, with values of the app beside it", () => {
  const directory = mkdtempSync(join(tmpdir(), "policy-text-"));
  afterAll(() => rmSync(directory, { recursive: true }));

  test.each([
    ["short", ""],
    ["long", "\n    <!-- a line -->".repeat(LONG / 19)],
  ])("%s", (_, lines) => {
    const stack = new TerraformStack(new App(), "stack");
    const { stringValue } = new TerraformVariable(stack, "v", { type: "string", default: 'a "b" <c> $' });
    const hostile = `\${TfToken[TOKEN.0]} #{TfToken[TOKEN.1]} ${stringValue} -8.10956221259138e+298 \${x %{ $\${y} \\n "q" Ö\t`;
    const xml = `<policies>\r\n  <inbound>\n    <base />${lines}\n    <a>@{ return $"${hostile}"; }</a><!-- ${hostile} -->\n  </inbound>\n</policies>\n`;
    const path = join(directory, "policy.xml");
    writeFileSync(path, xml);
    const value = PolicyStatement.raw(PolicySection.INBOUND, `<trace>${stringValue}</trace>`);
    const document = PolicyDocument.fromFile(path).merge(PolicyDocument.of(value));
    new TerraformOutput(stack, "policy", { value: asTemplate(document._toTerraform()) });

    writeFileSync(join(directory, "main.tf.json"), Testing.synth(stack));
    runTerraform(directory, "apply", "-auto-approve");
    const written = JSON.parse(runTerraform(directory, "output", "-json")).policy.value;
    expect(written).toContain(">a &quot;b&quot; &lt;c&gt; $</trace>");
    expect(withoutInserted(written)).toBe(xml);
  });
});
