import { Lazy, TerraformVariable } from "cdktf";
import { resolved } from "../../../lib/core/tokens";
import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { unknownsIn } from "../../../lib/policy/statements/writing/terraform-value";
import { refusal } from "../../helpers/refusal";
import { stackWithProviders } from "../../helpers/synth";
import { xmlOf } from "./read";

const stack = stackWithProviders();
const { stringValue } = new TerraformVariable(stack, "v", {});

const messages = (...statements: PolicyStatement[]): string[] =>
  unknownsIn(statements.map(xmlOf).join("\n")).map(({ condition }) => condition.errorMessage);

test("a policy names each value that Terraform checks in it, once", () => {
  expect(
    messages(
      PolicyStatement.includeFragment(stringValue),
      PolicyStatement.includeFragment(stringValue),
      PolicyStatement.raw(PolicySection.INBOUND, `<trace source="${stringValue}"><message>a</message></trace>`),
    ),
  ).toEqual([
    refusal("policy-value-not-allowed", "the fragment id in PolicyStatement.includeFragment", "1 to 80 letters"),
    refusal("policy-value-not-allowed", "a value in PolicyStatement.raw", "not empty"),
  ]);
});

test("a policy of literals has none", () => {
  expect(messages(PolicyStatement.setHeader("X", PolicyValue.literal("a")))).toEqual([]);
});

test("a text may be empty only beside other text", () => {
  const header = (value: string): PolicyStatement => PolicyStatement.setHeader("X", PolicyValue.literal(value));
  expect(messages(header(stringValue))).toEqual([refusal("policy-value-not-allowed", "not empty")]);
  expect(messages(header(`a ${stringValue}`))[0]).not.toContain("not empty");
});

test("a literal that a lazy value produces is checked where it is written, since a condition needs a reference", () => {
  const lazy = Lazy.stringValue({ produce: () => "checks" });
  const xml = xmlOf(PolicyStatement.includeFragment(lazy));
  const [{ condition }] = unknownsIn(xml);
  expect(resolved(stack, condition.condition)).toBe('${terraform.workspace != ""}');
  expect(resolved(stack, xml)).toContain(', "checks")}"');
});
