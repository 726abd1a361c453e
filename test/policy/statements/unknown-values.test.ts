import { Lazy, TerraformVariable } from "cdktf";
import { rootsIn } from "../../../lib/core/references";
import { resolved } from "../../../lib/core/tokens";
import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { AN_AUDIENCE, unknownsIn } from "../../../lib/policy/statements/writing/terraform-value";
import { IpFilterAction } from "../../../lib/policy/statements/ip-filter";
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

test.each<[what: string, expected: string, write: (value: string) => PolicyStatement]>([
  [
    "tenantId in PolicyStatement.requireEntraToken",
    "the GUID of the tenant, or one of its domains",
    (tenantId) => PolicyStatement.requireEntraToken({ tenantId, audiences: ["orders"] }),
  ],
  [
    "an entry of clientIds in PolicyStatement.requireEntraToken",
    'a GUID such as "00000000-0000-0000-0000-000000000000"',
    (value) => PolicyStatement.requireEntraToken({ tenantId: "contoso.com", clientIds: [value] }),
  ],
  [
    "the openIdConfigUrl in PolicyStatement.requireJwt",
    "a host and a path of the HTTPS URL",
    (value) => PolicyStatement.requireJwt({ openIdConfigUrl: `https://${value}/keys`, audiences: ["orders"] }),
  ],
  [
    "the openIdConfigUrl in PolicyStatement.requireJwt",
    "the GUID of one tenant, or one of its domains",
    (value) =>
      PolicyStatement.requireJwt({
        openIdConfigUrl: `https://login.microsoftonline.com/${value}/v2.0`,
        audiences: ["orders"],
      }),
  ],
  [
    "an entry of allowedOrigins in PolicyStatement.cors",
    "an origin such as https://app.contoso.com, not *",
    (origin) => PolicyStatement.cors({ allowedOrigins: [origin] }),
  ],
  [
    "an address in PolicyStatement.ipFilter",
    'an IP address such as "13.66.201.169"',
    (address) => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: [address] }),
  ],
  [
    "the name of the named value in PolicyValue.namedValue",
    "1 to 256 letters, digits, _, . and -",
    (name) => PolicyStatement.setHeader("X", PolicyValue.namedValue(name)),
  ],
  [
    "PolicyValue.literal",
    "a text that is not empty, without braces, @( and control characters, and without @ at its end",
    (text) => PolicyStatement.setHeader("X", PolicyValue.literal(text)),
  ],
  [
    "PolicyValue.literal",
    "a text without braces, @( and control characters, and without @ at its end",
    (text) => PolicyStatement.rewriteUri(PolicyValue.literal(`/${text}`)),
  ],
])("%s must be %s", (what, expected, write) => {
  expect(messages(write(stringValue))).toEqual([
    `The value of ${what}, which only Terraform knows, cannot be written into the policy. Use ${expected}. ` +
      "(policy-value-not-allowed)",
  ]);
});

test.each<[what: string, isText: boolean, write: (value: string) => PolicyStatement]>([
  ["a text", true, (text) => PolicyStatement.setHeader("X", PolicyValue.literal(text))],
  ["a name", false, PolicyStatement.includeFragment],
])("%s is told from what can be no secret: %p", (_, isText, write) => {
  expect(unknownsIn(xmlOf(write(stringValue)))).toMatchObject([{ value: stringValue, isText }]);
});

test.each(["orders", "9", "api://orders", "https://contoso.com:443/a_b~c.d?e=f%20g+h-i"])(
  "%j can be an audience",
  (text) => {
    expect(text).toMatch(AN_AUDIENCE.pattern);
  },
);

test.each(["", "-orders", "/orders", "a b", " a", "a ", 'a"', "<a", "@(a)", "a{", "a&b"])(
  "%j can be no audience",
  (text) => {
    expect(text).not.toMatch(AN_AUDIENCE.pattern);
  },
);

test("an audience is described in words", () => {
  expect(AN_AUDIENCE.expected).toBe("a client id, or an application id URI such as api://orders");
});

test("a value is checked before it is written, so that the error has words", () => {
  const [{ condition }] = unknownsIn(xmlOf(PolicyStatement.includeFragment(stringValue)));
  expect(resolved(stack, condition.condition)).toMatch(/^\$\{can\(regex\("\^.*\$", var\.v\)\)\}$/);
});

test("what a policy refers to is found in it", () => {
  const xml = xmlOf(PolicyStatement.setHeader("X", PolicyValue.literal(`a ${stringValue}`)));
  expect(rootsIn(stack, xml)).toEqual(["var.v"]);
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
