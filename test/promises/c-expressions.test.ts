import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { TerraformVariable } from "cdktf";
import { Json, only, stackWithProviders, synth } from "../helpers/synth";
import { runTerraform, withTerraform } from "../helpers/terraform";
import { packed } from "./packed";

/* Values that Terraform knows at apply, in the policy: Terraform evaluates the policy and its preconditions, without any provider. */

const {
  ApimGateway,
  ApimSku,
  Audience,
  Backend,
  Caller,
  IpFilterAction,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} = packed();

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "66666666-2222-3333-4444-555555555555";
const VARIABLES = {
  identity: GUID,
  audience: "api://orders",
  tenant: "contoso.onmicrosoft.com",
  client: GUID,
  caller: GUID,
  accepted: "api://consumers?a=1",
  address: "203.0.113.7",
  last: "203.0.113.9",
  fragment: "checks",
  named: "partner-key",
  text: "Tom & \"Jerry\" <3 'x' $a %b Köln",
  part: "",
  own: "a & b",
  calls: "5",
};
type Values = Record<keyof typeof VARIABLES, string>;

/** The policy of an API whose ids, addresses, names and texts are all variables, and its preconditions. */
function policyOfVariables(...others: Json[]): Json {
  const stack = stackWithProviders();
  const variable = (name: string): TerraformVariable => new TerraformVariable(stack, name, { type: "string" });
  const names = Object.keys(VARIABLES) as (keyof Values)[];
  const values = Object.fromEntries(names.map((name) => [name, variable(name)])) as Record<
    keyof Values,
    TerraformVariable
  >;
  const value = (name: keyof Values): string => values[name].stringValue;
  new SecureApimBackend(stack, "Orders", {
    gateway: ApimGateway.fromAttributes(stack, "Gateway", {
      apimName: "contoso",
      resourceGroupName: "platform",
      sku: ApimSku.BASIC,
      principalId: GUID,
      clientId: value("identity"),
    }),
    backend: Backend.url("https://orders.contoso.com", Audience.uri(value("audience"))),
    policy: PolicyDocument.of(
      PolicyStatement.requireEntraToken({
        tenantId: value("tenant"),
        clientIds: [value("client")],
        audiences: [value("accepted")],
      }),
      PolicyStatement.ipFilter({
        action: IpFilterAction.ALLOW,
        addresses: [value("address")],
        addressRanges: [{ first: value("address"), last: value("last") }],
      }),
      PolicyStatement.includeFragment(value("fragment")),
      PolicyStatement.setHeader("X-Key", PolicyValue.namedValue(value("named"))),
      PolicyStatement.setHeader("X-Text", PolicyValue.literal(value("text"))),
      PolicyStatement.rewriteUri(PolicyValue.literal(`/orders/${value("part")}`)),
      PolicyStatement.raw(PolicySection.OUTBOUND, `<set-status code="200" reason="${value("own")}" />`),
      PolicyStatement.rateLimit(values.calls.numberValue, 60),
      ...others,
    ),
  });
  return synth(stack);
}

/** The policy as Terraform writes it, or the messages with which Terraform stops. */
function applied(json: Json, values: Partial<Values>): string {
  const { xml_content, lifecycle } = only(json, "azurerm_api_management_api_policy");
  // What the providers know is a constant here.
  const without = (text: string): string =>
    text
      .replace(/azurerm_api_management_backend\.\w+\.name/g, '"orders"')
      .replace(/\b(?:data\.)?azure\w+\.\w+\.(?:client_id|tenant_id)/g, `"${OTHER}"`);
  const precondition = lifecycle.precondition.filter(({ condition }: Json) => !/azure/.test(condition));
  const directory = mkdtempSync(join(tmpdir(), "policy-"));
  const terraform = (...args: string[]): string => runTerraform(directory, ...args);
  try {
    const input = without(xml_content);
    const policy = { input, lifecycle: { precondition } };
    writeFileSync(
      join(directory, "main.tf.json"),
      JSON.stringify({
        variable: json.variable,
        resource: { terraform_data: { policy } },
        output: { policy: { value: "${terraform_data.policy.output}" } },
      }),
    );
    writeFileSync(join(directory, "terraform.tfvars.json"), JSON.stringify({ ...VARIABLES, ...values }));
    terraform("init", "-backend=false");
    terraform("apply", "-auto-approve");
    return JSON.parse(terraform("output", "-json")).policy.value;
  } catch (error) {
    return (error as Json).stderr.replace(/\s*\n\s*/g, " ");
  } finally {
    rmSync(directory, { recursive: true });
  }
}

withTerraform("a policy of values that only Terraform knows", () => {
  let json: Json;

  beforeAll(() => {
    json = policyOfVariables();
  });

  test("has them where they belong, escaped", () => {
    const policy = applied(json, {});
    expect(policy).toContain('resource="api://orders" client-id="11111111-2222-3333-4444-555555555555" />');
    expect(policy).toContain('tenant-id="contoso.onmicrosoft.com"');
    expect(policy).toContain("<audience>api://consumers?a=1</audience>");
    expect(policy).toContain("<value>Tom &amp; \"Jerry\" &lt;3 'x' $a %b Köln</value>");
    expect(policy).toContain('template="/orders/"');
    expect(policy).toContain('reason="a &amp; b"');
    expect(policy).toContain("<value>{{partner-key}}</value>");
    expect(policy).toContain('<rate-limit id="');
  });

  test("has them where they belong in a long policy, too", () => {
    const headers = Array.from({ length: 300 }, (_, index) =>
      PolicyStatement.setHeader(`X-${index}`, PolicyValue.literal("a".repeat(50))),
    );
    const policy = applied(policyOfVariables(...headers), {});
    expect(policy).toContain('resource="api://orders" client-id="11111111-2222-3333-4444-555555555555" />');
    expect(policy).toContain("<value>Tom &amp; \"Jerry\" &lt;3 'x' $a %b Köln</value>");
    expect(policy).toContain('<set-header id="');
  });

  const markup = 'x" ignore-error="true';
  test.each<[keyof Values, string, string]>([
    ["identity", `${GUID}" ignore-error="true`, "the client id of the gateway's identity"],
    ["identity", "", "the client id of the gateway's identity"],
    ["audience", markup, "the audience of the backend"],
    ["audience", "", "the audience of the backend"],
    ["tenant", `${GUID}" header-name="X`, "tenantId"],
    ["client", `${GUID}</application-id><application-id>${GUID}`, "clientIds"],
    ["client", "", "clientIds"],
    ["accepted", "", "audiences"],
    ["accepted", "@(context.Request.Method)", "audiences"],
    ["address", "0.0.0.0</address><address>203.0.113.7", "an address"],
    ["last", '203.0.113.9" to="255.255.255.255', "an address"],
    ["fragment", 'a" x="', "the fragment id"],
    ["named", "a}}{{b", "the name of the named value"],
    ["text", "{{partner-key}}", "PolicyValue.literal"],
    ["text", "", "PolicyValue.literal"],
    ["text", "a\nb", "PolicyValue.literal"],
    ["part", "@(1)", "PolicyValue.literal"],
    ["own", "", "PolicyStatement.raw"],
    ["calls", '5" renewal-period="300', "calls"],
  ])("stops with a message at the plan if %s is %j", (name, value, what) => {
    const message = applied(json, { [name]: value });
    expect(message).toContain("(policy-value-not-allowed)");
    expect(message).toContain(what);
  });
});

withTerraform("the callers of an API", () => {
  const policyOf = (): Json => {
    const stack = stackWithProviders();
    const { stringValue } = new TerraformVariable(stack, "caller", { type: "string" });
    new SecureApimBackend(stack, "Orders", {
      gateway: ApimGateway.fromAttributes(stack, "Gateway", {
        apimName: "contoso",
        resourceGroupName: "platform",
        sku: ApimSku.BASIC,
        principalId: GUID,
      }),
      backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
      callers: { allowed: [Caller.servicePrincipal(stringValue, "nightly-job")] },
    });
    return synth(stack);
  };

  test("are the one that the variable names, and no others", () => {
    const json = policyOf();
    expect(applied(json, { caller: GUID })).toContain(`<value>${GUID}</value>`);
    expect(applied(json, { caller: `${GUID}</value><value>${OTHER}` })).toContain("(policy-value-not-allowed)");
    expect(applied(json, { caller: "" })).toContain("(policy-value-not-allowed)");
  });
});
