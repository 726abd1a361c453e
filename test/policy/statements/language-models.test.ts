import { TerraformStack } from "cdktf";
import {
  ApimGateway,
  ApimSku,
  Audience,
  Backend,
  LlmTokenLimitProps,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
  TokenMetricDimension,
  TokenQuotaPeriod,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { xmlOf } from "./read";
import { only, stackWithProviders, synth, withoutHashes } from "../../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const SUBSCRIPTION = PolicyValue.expression("context.Subscription.Id");

function publish(statement: PolicyStatement, sku = ApimSku.BASIC_V2): TerraformStack {
  const stack = stackWithProviders();
  const gateway = ApimGateway.fromAttributes(stack, "Gateway", {
    apimName: "contoso",
    resourceGroupName: "rg",
    sku,
    principalId: GUID,
  });
  const backend = Backend.url("https://models.contoso.com", Audience.clientId(GUID));
  new SecureApimBackend(stack, "Models", { gateway, backend, policy: PolicyDocument.of(statement) });
  return stack;
}

const policyOf = (statement: PolicyStatement): string =>
  withoutHashes(only(synth(publish(statement)), "azurerm_api_management_api_policy").xml_content);

describe("llmTokenLimit", () => {
  test("limits the tokens of a subscription in a minute", () => {
    expect(policyOf(PolicyStatement.llmTokenLimit({ counterKey: SUBSCRIPTION, tokensPerMinute: 5000 }))).toContain(
      '<llm-token-limit id="secure-apim-backend-llm-token-limit" counter-key="@(context.Subscription.Id)" ' +
        'tokens-per-minute="5000" estimate-prompt-tokens="false" />',
    );
  });

  test("has a quota as well, and tells consumers and later statements what is left", () => {
    const statement = PolicyStatement.llmTokenLimit({
      counterKey: SUBSCRIPTION,
      tokensPerMinute: 5000,
      tokenQuota: 1_000_000,
      tokenQuotaPeriod: TokenQuotaPeriod.MONTHLY,
      estimatePromptTokens: true,
      retryAfterHeaderName: "X-Retry-After",
      retryAfterVariableName: "retryAfter",
      remainingQuotaTokensHeaderName: "X-Quota",
      remainingQuotaTokensVariableName: "quota",
      remainingTokensHeaderName: "X-Remaining",
      remainingTokensVariableName: "remaining",
      tokensConsumedHeaderName: "X-Consumed",
      tokensConsumedVariableName: "consumed",
    });
    expect(policyOf(statement)).toContain(
      'tokens-per-minute="5000" token-quota="1000000" token-quota-period="Monthly" estimate-prompt-tokens="true" ' +
        'retry-after-header-name="X-Retry-After" retry-after-variable-name="retryAfter" ' +
        'remaining-quota-tokens-header-name="X-Quota" remaining-quota-tokens-variable-name="quota" ' +
        'remaining-tokens-header-name="X-Remaining" remaining-tokens-variable-name="remaining" ' +
        'tokens-consumed-header-name="X-Consumed" tokens-consumed-variable-name="consumed" />',
    );
  });

  test("is an error on the Consumption tier, which would refuse it at apply", () => {
    const statement = PolicyStatement.llmTokenLimit({ counterKey: SUBSCRIPTION, tokensPerMinute: 5000 });
    expect(() => publish(statement, ApimSku.CONSUMPTION)).toThrow(
      refusal("unsupported-tier", "[app/Models]", "llm-token-limit", "Consumption"),
    );
  });

  test.each<[string, Partial<LlmTokenLimitProps>, string, string]>([
    ["nothing to limit", {}, "token-limit-without-limit", "tokensPerMinute: 5000"],
    ["a quota for no period", { tokenQuota: 5 }, "half-a-token-quota", "no tokenQuotaPeriod"],
    [
      "a period of no quota",
      { tokensPerMinute: 5, tokenQuotaPeriod: TokenQuotaPeriod.DAILY },
      "half-a-token-quota",
      "no tokenQuota.",
    ],
    ["no token", { tokensPerMinute: 0 }, "number-out-of-range", "tokensPerMinute: 0"],
    [
      "a period of two days",
      { tokenQuota: 5, tokenQuotaPeriod: "TwoDays" as TokenQuotaPeriod },
      "unknown-member",
      "Hourly, Daily, Weekly, Monthly, Yearly",
    ],
    [
      "a name that is no variable",
      { tokensPerMinute: 5, remainingTokensVariableName: "a b" },
      "invalid-policy-name",
      '"a b"',
    ],
  ])("refuses %s", (_, props, id, value) => {
    expect(() => PolicyStatement.llmTokenLimit({ counterKey: SUBSCRIPTION, ...props })).toThrow(
      refusal(id, "[PolicyStatement.llmTokenLimit]", value),
    );
  });
});

describe("llmEmitTokenMetric", () => {
  test("counts the tokens by what API Management knows, and by what an expression says", () => {
    const statement = PolicyStatement.llmEmitTokenMetric({
      namespace: "models",
      dimensions: [
        { name: "Subscription ID" },
        { name: "Client IP", value: PolicyValue.expression("context.Request.IpAddress") },
      ],
    });
    expect(policyOf(statement)).toContain(
      '<llm-emit-token-metric id="secure-apim-backend-llm-emit-token-metric" namespace="models">\n' +
        '      <dimension name="Subscription ID" />\n' +
        '      <dimension name="Client IP" value="@(context.Request.IpAddress)" />\n' +
        "    </llm-emit-token-metric>",
    );
  });

  test("may have five dimensions, and needs no value for what API Management knows", () => {
    const known = ["API ID", "Operation ID", "Product ID", "User ID", "Subscription ID", "Location", "Gateway ID"];
    for (const names of [known.slice(0, 5), known.slice(2)]) {
      const statement = PolicyStatement.llmEmitTokenMetric({ dimensions: names.map((name) => ({ name })) });
      const children = names.map((name) => `  <dimension name="${name}" />`);
      expect(xmlOf(statement)).toBe(["<llm-emit-token-metric>", ...children, "</llm-emit-token-metric>"].join("\n"));
    }
  });

  test("can be on the Consumption tier", () => {
    const statement = PolicyStatement.llmEmitTokenMetric({ dimensions: [{ name: "API ID" }] });
    expect(() => synth(publish(statement, ApimSku.CONSUMPTION))).not.toThrow();
  });

  test.each<[string, TokenMetricDimension[], string, string]>([
    ["no dimension", [], "token-metric-dimensions", "0 dimensions"],
    [
      "six dimensions, which Azure Monitor would drop",
      [..."abcdef"].map((name) => ({ name, value: PolicyValue.literal("x") })),
      "token-metric-dimensions",
      "6 dimensions, but API Management accepts 1 to 5",
    ],
    ["a dimension that API Management does not know", [{ name: "Team" }], "dimension-without-value", '"Team"'],
    ["a dimension twice", [{ name: "API ID" }, { name: "API ID" }], "dimension-repeated", '"API ID"'],
    ["a dimension without a name", [{ name: " " }], "blank-literal", "The name of a dimension"],
    ["a dimension that is a text", ["API ID" as never], "wrong-value", "The value of a dimension is"],
    ["a dimension whose name is none", [{ name: 5 as never }], "wrong-value", "an object without name,"],
    [
      "a value that is a text",
      [{ name: "Team", value: "a" as never }],
      "wrong-value",
      'The value of the dimension "Team" is "a",',
    ],
    ["one dimension where a list is due", { name: "API ID" } as never, "not-a-list", 'dimensions: [{ name: "Sub'],
  ])("refuses %s", (_, dimensions, id, value) => {
    expect(() => PolicyStatement.llmEmitTokenMetric({ dimensions })).toThrow(
      refusal(id, "[PolicyStatement.llmEmitTokenMetric]", value),
    );
  });
});
