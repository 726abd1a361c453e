import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { App, TerraformOutput, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { runTerraform, withTerraform } from "../../helpers/terraform";
import { valueOf, xmlOf } from "./read";

/* Terraform itself escapes and checks what only it knows. It needs no provider for that. */

/** The statements that Terraform writes once it knows the value: one with it in a text, one with it in an attribute. */
function evaluate(value: string): { text: string; attribute: string } {
  const stack = new TerraformStack(new App(), "stack");
  const { stringValue } = new TerraformVariable(stack, "v", { type: "string" });
  const text = xmlOf(PolicyStatement.setQueryParameter("q", PolicyValue.literal(`a ${stringValue}`)));
  const attribute = xmlOf(PolicyStatement.rewriteUri(PolicyValue.literal(`/${stringValue}`)));
  new TerraformOutput(stack, "text", { value: text });
  new TerraformOutput(stack, "attribute", { value: attribute });

  const directory = mkdtempSync(join(tmpdir(), "statements-"));
  const terraform = (...args: string[]): string => runTerraform(directory, ...args);
  try {
    writeFileSync(join(directory, "main.tf.json"), Testing.synth(stack));
    terraform("apply", "-auto-approve", `-var=v=${value}`);
    const written = JSON.parse(terraform("output", "-json"));
    return { text: written.text.value, attribute: written.attribute.value };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

withTerraform("a value that only Terraform knows", () => {
  it.each(["contoso.com", `<a href="b">&amp;</a> 'c'`, "api@contoso.com", "$a %b Köln"])(
    "arrives as it is: %p",
    (value) => {
      const { text, attribute } = evaluate(value);
      expect(valueOf(text, "value")).toBe(`a ${value}`);
      expect(valueOf(attribute, "rewrite-uri@template")).toBe(`/${value}`);
    },
  );

  it.each(["@(context.Api.Id)", "@{ return 1; }", "{{key}}", "a\nb", "a@"])("stops Terraform: %j", (value) => {
    expect(() => evaluate(value)).toThrow(/Call to function "regex" failed: pattern did not match/);
  });
});
