import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimSku,
  ApiSurface,
  Audience,
  Backend,
  HttpMethod,
  IpFilterAction,
  OperationPolicy,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../helpers/refusal";
import { annotations, findings, GROUP, only, stackWithProviders, synth, withoutHashes } from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function publish(operationPolicies: OperationPolicy[], sku?: ApimSku): SecureApimBackend {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku,
  });
  return new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
    surface: ApiSurface.operations([
      { method: HttpMethod.GET, urlTemplate: "/orders", operationId: "list" },
      { method: HttpMethod.DELETE, urlTemplate: "/orders/{id}", operationId: "cancel" },
    ]),
    operationPolicies,
  });
}

const cancel = (policy: PolicyDocument): OperationPolicy[] => [{ operationId: "cancel", policy }];
const inbound = (xml: string): OperationPolicy[] =>
  cancel(PolicyDocument.fromXml(`<policies>\n<inbound>\n${xml}\n</inbound>\n</policies>`));

const offices = PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: ["203.0.113.7"] });

describe("the policy of one operation", () => {
  test("is checked before the policy of the API runs, which gives the request the gateway's token", () => {
    publish(
      cancel(
        PolicyDocument.of(
          offices,
          PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [GUID] }),
          PolicyStatement.setHeader("X-Cancelled", PolicyValue.literal("yes")),
          PolicyStatement.forwardRequest({ timeoutSeconds: 20 }),
          PolicyStatement.setHeader("X-Answered", PolicyValue.literal("yes"), { section: PolicySection.OUTBOUND }),
        ),
      ),
    );
    const policy = only(synth(stack), "azurerm_api_management_api_operation_policy");
    expect({ ...policy, xml_content: withoutHashes(policy.xml_content) }).toMatchSnapshot();
  });

  test("is there before the policy of the API, with which requests begin to carry the gateway's token", () => {
    publish(cancel(PolicyDocument.of(offices)));
    const { depends_on } = only(synth(stack), "azurerm_api_management_api_policy");
    expect(depends_on).toContain("azurerm_api_management_api_operation_policy.Orders_OperationPolicy-cancel_7A507596");
  });

  test("is taken as somebody has written it", () => {
    const written = `<policies><inbound><rate-limit calls="5" renewal-period="60" /><base /></inbound></policies>`;
    publish(cancel(PolicyDocument.fromXml(written)));
    expect(only(synth(stack), "azurerm_api_management_api_operation_policy").xml_content).toBe(written);
  });

  test.each<[string, [string, ...string[]], OperationPolicy[]]>([
    [
      "no policy of the API",
      ["operation-policy-conflicts", "cancel", "policy document:2:1 ", "(operation-without-base)"],
      inbound("<rate-limit calls='5' renewal-period='60' />"),
    ],
    [
      "the gateway's token sent elsewhere",
      ["operation-policy-conflicts", "cancel", "policy document:4:1 ", "branch", "(operation-changes-backend)"],
      inbound(`<base />\n<set-backend-service base-url="https://evil.contoso.com" />`),
    ],
    [
      "another token",
      ["operation-policy-conflicts", "cancel", "policy document:4:1 ", "(token-replaced-later)"],
      inbound(
        `<base /><choose><when condition="@(true)">\n<set-header name="Authorization"><value>x</value></set-header></when></choose>`,
      ),
    ],
    [
      "a caller that nobody validated",
      ["operation-policy-conflicts", "cancel", "policy document:3:9 ", "X-Caller-", "(operation-sets-caller-header)"],
      inbound(`<base /><set-header name="X-Caller-Subject"><value>me</value></set-header>`),
    ],
    [
      "a validation of the gateway's own token",
      ["operation-policy-conflicts", "cancel", "policy document:4:1 ", "(operation-validates-gateway-token)"],
      inbound(
        `<base />\n<validate-jwt header-name="Authorization"><audiences><audience>a</audience></audiences></validate-jwt>`,
      ),
    ],
    [
      "a copy of the request with the token",
      [
        "operation-policy-conflicts",
        "cancel",
        "policy document:4:1 ",
        "send-one-way-request",
        'mode="new"',
        "(token-copied)",
      ],
      inbound(`<base />\n<send-one-way-request mode="copy"><set-url>https://audit</set-url></send-one-way-request>`),
    ],
    [
      "a copy after the answer",
      ["operation-policy-conflicts", "cancel", "policy document:1:56 ", "send-request", "(token-copied)"],
      cancel(
        PolicyDocument.fromXml(
          `<policies><inbound><base /></inbound><outbound><base /><send-request mode="copy" /></outbound></policies>`,
        ),
      ),
    ],
    [
      "the token taken along to wherever a redirect leads",
      [
        "operation-policy-conflicts",
        "cancel",
        "policy document:1:47 ",
        'follow-redirects="false"',
        "(redirects-followed)",
      ],
      cancel(
        PolicyDocument.fromXml(
          `<policies><inbound><base /></inbound><backend><forward-request follow-redirects="true" /></backend></policies>`,
        ),
      ),
    ],
    [
      "a header that may be any",
      ["operation-policy-conflicts", "cancel", "policy document:3:9 ", "Authorization", "(header-name-unknown)"],
      inbound(`<base /><set-header name="{{header}}"><value>x</value></set-header>`),
    ],
    [
      "the policy of the API twice",
      ["operation-policy-conflicts", "cancel", "policy document:4:1 ", "(base-repeated)"],
      inbound(`<base />\n<base />`),
    ],
    [
      "two ways of forwarding",
      ["operation-policy-conflicts", "cancel", "statement forward-request:1:1 ", "6:13", "(backend-section-occupied)"],
      cancel(
        PolicyDocument.of(
          PolicyStatement.forwardRequest({ timeoutSeconds: 20 }),
          PolicyStatement.forwardRequest({ timeoutSeconds: 30 }),
        ),
      ),
    ],
    [
      "an identity that the API takes off again",
      ["misplaced-in-operation", "forward-caller-identity", "cancel"],
      cancel(PolicyDocument.of(PolicyStatement.forwardCallerIdentity())),
    ],
    [
      "a document and statements",
      ["mixed-operation-policy", "cancel", "<base />"],
      cancel(
        PolicyDocument.fromXml("<policies><inbound><base /></inbound></policies>").merge(PolicyDocument.of(offices)),
      ),
    ],
    [
      "an operation that is not there",
      ["unknown-operation", '"delete"', `"list", "cancel"`],
      [{ operationId: "delete", policy: PolicyDocument.of(offices) }],
    ],
    [
      "an operation that only Terraform knows",
      ["literal-required", "operationId"],
      [{ operationId: "${var.id}", policy: PolicyDocument.of(offices) }],
    ],
    [
      "two of one operation",
      ["operation-policy-twice", '"cancel"'],
      [...cancel(PolicyDocument.of(offices)), ...cancel(PolicyDocument.of(offices))],
    ],
    [
      "a policy that the tier does not have",
      [
        "unsupported-tier",
        "rate-limit-by-key (statement rate-limit-by-key:1:1)",
        "Consumption",
        "PolicyStatement.rateLimit,",
      ],
      cancel(
        PolicyDocument.of(
          PolicyStatement.rateLimitByKey({
            calls: 5,
            renewalPeriodSeconds: 60,
            counterKey: PolicyValue.expression("context.Request.IpAddress"),
          }),
        ),
      ),
    ],
  ])("is refused with %s", (_, [id, ...values], policies) => {
    expect(() => publish(policies)).toThrow(refusal(id, "[app/Orders]", ...values));
  });

  test("may validate a token of another header after the policy of the API", () => {
    publish(
      inbound(
        `<base /><validate-jwt header-name="X-Token"><audiences><audience>a</audience></audiences></validate-jwt>`,
      ),
    );
    expect(annotations(stack)).toEqual([]);
  });

  test("is held at synth to what was composed", () => {
    publish(cancel(PolicyDocument.of(offices)))
      .node.findChild("OperationPolicy-cancel")
      // @ts-expect-error -- it is a resource
      .addOverride("xml_content", "<policies />");
    expect(findings(stack)).toEqual([refusal("policy-changed", "app/Orders/OperationPolicy-cancel", "xml_content")]);
  });
});
