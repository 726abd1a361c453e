import { TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import * as fc from "fast-check";
import { asTemplate } from "../../lib/core/template";
import { asWritten, escapeForeignText, escapeTemplates, withoutTokens } from "../../lib/core/terraform-template";

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
      const text = parts.join("");
      expect(evaluated(escapeTemplates(text))).toBe(text);
      expect(escapeForeignText(text)).toBe(escapeTemplates(text));
    }),
    { numRuns: 3000 },
  );
});

test("a reference of cdktf in somebody's document is resolved, and what looks like one is not", () => {
  const stack = new TerraformStack(Testing.app(), "app");
  const name = Token.asString({ resolve: () => "${azurerm_api.orders.name}" });
  new TerraformOutput(stack, "policy", { value: escapeTemplates(`<a b="${name}" c="\${x}" />`) });
  expect(JSON.parse(Testing.synth(stack)).output.policy.value).toBe('<a b="${azurerm_api.orders.name}" c="$${x}" />');
});

test.each([
  ["${TfToken[TOKEN.0]}", '$${Tf${""}Token[TOKEN.0]}'],
  ["#{TfToken[TOKEN.0]} &{TfToken[a]}", '#{Tf${""}Token[TOKEN.0]} &{Tf${""}Token[a]}'],
  ["-8.10956221259138e+298", '-8.10956221259138${""}e+298'],
  ["1e5 c3e4 -- e ${x}", "1e5 c3e4 -- e $${x}"],
])("in somebody's text, %s is no token, but written %s", (text, expected) => {
  Token.asString({ resolve: () => "secret" });
  expect(escapeForeignText(text)).toBe(expected);
  const stack = new TerraformStack(Testing.app(), "app");
  new TerraformOutput(stack, "text", { value: escapeForeignText(text) });
  expect(JSON.parse(Testing.synth(stack)).output.text.value).toBe(expected);
});

describe("a long text that cdktf would search for a long time", () => {
  const token = Token.asString({ resolve: () => "${var.a}" });
  const live = Token.asNumber({ resolve: () => 1 });

  test.each([
    ["digits", "1".repeat(10_000)],
    ["a rule of dashes", `| ${"-".repeat(10_000)} |`],
    ["many numbers", "1e5 ".repeat(3_000)],
    ["many numbers beside tokens", `${"1e5 ".repeat(3_000)}${token} ${live}`],
  ])("%s: has short runs and few numbers, and is the same to Terraform", (_, text) => {
    for (const escape of [escapeTemplates, escapeForeignText]) {
      const escaped = escape(text);
      expect(escaped).not.toMatch(/[-|.+\d]{101}/);
      expect((escaped.match(/\de\d/g) ?? []).length).toBeLessThan(100);
      if (escape === escapeTemplates || !text.includes(token))
        expect(evaluated(escaped.split(token).join("<token>"))).toBe(text.split(token).join("<token>"));
    }
  });

  test("its tokens stay", () => {
    const stack = new TerraformStack(Testing.app(), "app");
    new TerraformOutput(stack, "text", { value: escapeTemplates(`${"1e5 ".repeat(3_000)}${token} ${live}`) });
    const { value } = JSON.parse(Testing.synth(stack)).output.text;
    expect(evaluated(value)).toBe(`${"1e5 ".repeat(3_000)}\${var.a} 1`);
  });

  test("a text of an ordinary length stays as it is", () => {
    const text = `| ${"-".repeat(300)} | ${"1e5 ".repeat(200)}`;
    expect([escapeTemplates(text), escapeForeignText(text)]).toEqual([text, text]);
  });
});

test("an escaped template takes the braces from no reference after it", () => {
  const stack = new TerraformStack(Testing.app(), "app");
  const { stringValue } = new TerraformVariable(stack, "v", {});
  new TerraformOutput(stack, "text", { value: asTemplate(escapeTemplates(`\${ ${stringValue}`)) });
  expect(JSON.parse(Testing.synth(stack)).output.text.value).toBe("$${ ${var.v}");
});

test("the same text with other numbers of tokens is the same to a hash", () => {
  expect(withoutTokens("a ${TfToken[TOKEN.1]} b ${x.y}")).toBe(withoutTokens("a ${TfToken[TOKEN.2]} b ${x.y}"));
  expect(withoutTokens("a ${x.y}")).not.toBe(withoutTokens("a ${x.z}"));
});

test("a display name keeps its references, and what would be a directive arrives as written", () => {
  expect(asWritten({ displayName: "${var.shop} %{x} 100%%{y} 5%", description: undefined, revision: 1 })).toEqual({
    displayName: '${var.shop} %%{x} 100${"%"}%%{y} 5%',
    description: undefined,
    revision: 1,
  });
});
