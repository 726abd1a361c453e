import { TerraformVariable } from "cdktf";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { unknownsIn } from "../../../lib/policy/statements/writing/terraform-value";
import { refusal } from "../../helpers/refusal";
import { stackWithProviders } from "../../helpers/synth";
import { xmlOf } from "./read";

/* Every text in a policy is named in its errors, at synth and in Terraform. */

const { cors, llmEmitTokenMetric, requireEntraToken, requireHeader, requireJwt } = PolicyStatement;
const a = PolicyValue.literal("a");
const ENTRA = { tenantId: "contoso.com", audiences: ["orders"] };
const JWT = { openIdConfigUrl: "https://issuer.contoso.com", audiences: ["orders"] };
const HEADER = { name: "X-Partner", values: [a] };
const CLAIM = { name: "roles", values: ["a"] };

describe.each<[call: string, what: string, write: (text: string) => PolicyStatement]>([
  ["requireEntraToken", "An entry of audiences", (text) => requireEntraToken({ ...ENTRA, audiences: [text] })],
  ["requireEntraToken", "The failureMessage", (failureMessage) => requireEntraToken({ ...ENTRA, failureMessage })],
  [
    "requireEntraToken",
    "The name of a required claim",
    (name) => requireEntraToken({ ...ENTRA, requiredClaims: [{ ...CLAIM, name }] }),
  ],
  [
    "requireEntraToken",
    'An entry of requiredClaims "roles".values',
    (text) => requireEntraToken({ ...ENTRA, requiredClaims: [{ ...CLAIM, values: [text] }] }),
  ],
  [
    "requireEntraToken",
    'The separator of the claim "roles"',
    (separator) => requireEntraToken({ ...ENTRA, requiredClaims: [{ ...CLAIM, separator }] }),
  ],
  ["requireJwt", "An entry of audiences", (text) => requireJwt({ ...JWT, audiences: [text] })],
  ["requireJwt", "The openIdConfigUrl", (text) => requireJwt({ ...JWT, openIdConfigUrl: `https://a/${text}` })],
  ["requireJwt", "An entry of issuers", (text) => requireJwt({ ...JWT, issuers: [text] })],
  ["requireJwt", "The failureMessage", (failureMessage) => requireJwt({ ...JWT, failureMessage })],
  ["cors", "An entry of allowedOrigins", (text) => cors({ allowedOrigins: [text] })],
  ["requireHeader", "The failureMessage", (failureMessage) => requireHeader({ ...HEADER, failureMessage })],
  [
    "llmEmitTokenMetric",
    "The namespace",
    (namespace) => llmEmitTokenMetric({ dimensions: [{ name: "API ID" }], namespace }),
  ],
  ["llmEmitTokenMetric", "The name of a dimension", (name) => llmEmitTokenMetric({ dimensions: [{ name, value: a }] })],
])("%s: %s", (factory, what, write) => {
  const call = `PolicyStatement.${factory}`;
  const name = what.replace(/^The |^An /, "");

  it("is named where it would be code", () => {
    expect(() => write("@(b)")).toThrow(
      refusal("code-in-literal", `[${call}] ${what} "`, '@(b)"', "PolicyStatement.raw("),
    );
  });

  it("is named where only Terraform knows it", () => {
    const { stringValue } = new TerraformVariable(stackWithProviders(), "v", {});
    const messages = unknownsIn(xmlOf(write(stringValue))).map(({ condition }) => condition.errorMessage);
    expect(messages).toEqual([refusal("policy-value-not-allowed", `${name} in ${call}, which`)]);
  });
});
