import { TerraformOutput, TerraformStack, Testing, Token } from "cdktf";
import * as fc from "fast-check";
import { PolicyDocument } from "../../lib/policy/policy-document";
import { escapeTemplates, withoutTokens } from "../../lib/core/terraform-template";

/** What Terraform makes of a string without references. */
function evaluated(template: string): string {
  return template.replace(/\$\{"([$%]*)"\}|\$\$\{|%%\{/g, (all, signs: string | undefined) => signs ?? all.slice(1));
}

test.each([
  ["${name}", "$${name}"],
  ["%{ if x }", "%%{ if x }"],
  ["$${name}", '${"$"}$${name}'],
  ["%$${", '${"%$"}$${'],
  ["$%{", "$%%{"],
  ["$ % {} $5 100%", "$ % {} $5 100%"],
  ["${TfToken[TOKEN.12]}", "${TfToken[TOKEN.12]}"],
  ["$${TfToken[TOKEN.12]}${x}", '${"$"}${TfToken[TOKEN.12]}$${x}'],
])("%s is written %s for Terraform", (text, expected) => {
  expect(escapeTemplates(text)).toBe(expected);
});

test("any text reaches API Management as it is", () => {
  const texts = fc.array(fc.constantFrom("$", "%", "{", "}", "a", '"', "${", "%{"), { maxLength: 12 });
  fc.assert(
    fc.property(texts, (parts) => {
      expect(evaluated(escapeTemplates(parts.join("")))).toBe(parts.join(""));
    }),
    { numRuns: 3000 },
  );
});

test("a reference of cdktf in somebody's document is resolved, and what looks like one is not", () => {
  const stack = new TerraformStack(Testing.app(), "app");
  const name = Token.asString({ resolve: () => "${azurerm_api.orders.name}" });
  const document = PolicyDocument.fromXml(`<policies><inbound><a b="${name}" c="\${x}" /></inbound></policies>`);
  new TerraformOutput(stack, "policy", { value: escapeTemplates(document.toXml()) });
  expect(JSON.parse(Testing.synth(stack)).output.policy.value).toBe(
    '<policies><inbound><a b="${azurerm_api.orders.name}" c="$${x}" /></inbound></policies>',
  );
});

test("the same text with other numbers of tokens is the same to a hash", () => {
  expect(withoutTokens("a ${TfToken[TOKEN.1]} b ${x.y}")).toBe(withoutTokens("a ${TfToken[TOKEN.2]} b ${x.y}"));
  expect(withoutTokens("a ${x.y}")).not.toBe(withoutTokens("a ${x.z}"));
});
