import { TerraformVariable } from "cdktf";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { unknownsIn } from "../../../lib/policy/statements/writing/terraform-value";
import { TokenQuotaPeriod } from "../../../lib/policy/statements/llm-token-limit";
import { RetryInterval } from "../../../lib/policy/statements/retry";
import { refusal } from "../../helpers/refusal";
import { stackWithProviders } from "../../helpers/synth";
import { xmlOf } from "./read";

/* Every number in a policy has a range, which its errors name, and Terraform checks a number that only it knows. */

const key = PolicyValue.literal("everybody");
const { cors, forwardRequest, llmTokenLimit, quotaByKey, rateLimit, rateLimitByKey, requireHeader, requireJwt, retry } =
  PolicyStatement;
const { fixed, linear, exponential } = RetryInterval;
const [INT32, SAFE] = [2147483647, Number.MAX_SAFE_INTEGER];
const ORDERS = { calls: 5, renewalPeriodSeconds: 60, counterKey: key };
const OPENID = { openIdConfigUrl: "https://issuer.contoso.com", audiences: ["orders"] };
const HEADER = { name: "X-Partner", values: [key] };

type Row = [call: string, name: string, range: [min: number, max: number], write: (value: number) => PolicyStatement];

const NUMBERS: Row[] = [
  ["PolicyStatement.rateLimit", "calls", [1, INT32], (calls) => rateLimit(calls, 60)],
  ["PolicyStatement.rateLimit", "renewalPeriodSeconds", [1, 300], (seconds) => rateLimit(5, seconds)],
  ["PolicyStatement.rateLimitByKey", "calls", [1, INT32], (calls) => rateLimitByKey({ ...ORDERS, calls })],
  [
    "PolicyStatement.rateLimitByKey",
    "renewalPeriodSeconds",
    [1, 300],
    (renewalPeriodSeconds) => rateLimitByKey({ ...ORDERS, renewalPeriodSeconds }),
  ],
  [
    "PolicyStatement.rateLimitByKey",
    "incrementCount",
    [1, INT32],
    (incrementCount) => rateLimitByKey({ ...ORDERS, incrementCount }),
  ],
  [
    "PolicyStatement.quotaByKey",
    "calls",
    [1, INT32],
    (calls) => quotaByKey({ ...ORDERS, renewalPeriodSeconds: 0, calls }),
  ],
  [
    "PolicyStatement.quotaByKey",
    "bandwidthKilobytes",
    [1, SAFE],
    (bandwidthKilobytes) => quotaByKey({ renewalPeriodSeconds: 0, counterKey: key, bandwidthKilobytes }),
  ],
  [
    "PolicyStatement.quotaByKey",
    "renewalPeriodSeconds",
    [300, INT32],
    (renewalPeriodSeconds) => quotaByKey({ ...ORDERS, renewalPeriodSeconds }),
  ],
  [
    "PolicyStatement.llmTokenLimit",
    "tokensPerMinute",
    [1, INT32],
    (tokensPerMinute) => llmTokenLimit({ counterKey: key, tokensPerMinute }),
  ],
  [
    "PolicyStatement.llmTokenLimit",
    "tokenQuota",
    [1, INT32],
    (tokenQuota) => llmTokenLimit({ counterKey: key, tokenQuota, tokenQuotaPeriod: TokenQuotaPeriod.DAILY }),
  ],
  [
    "PolicyStatement.cors",
    "preflightMaxAgeSeconds",
    [0, INT32],
    (preflightMaxAgeSeconds) => cors({ allowedOrigins: ["*"], preflightMaxAgeSeconds }),
  ],
  [
    "PolicyStatement.requireJwt",
    "clockSkewSeconds",
    [0, INT32],
    (clockSkewSeconds) => requireJwt({ ...OPENID, clockSkewSeconds }),
  ],
  ["PolicyStatement.requireHeader", "statusCode", [400, 599], (statusCode) => requireHeader({ ...HEADER, statusCode })],
  [
    "PolicyStatement.forwardRequest",
    "timeoutSeconds",
    [0, INT32],
    (timeoutSeconds) => forwardRequest({ timeoutSeconds }),
  ],
  ["PolicyStatement.retry", "count", [1, 50], (count) => retry({ count, interval: fixed(1) })],
  [
    "PolicyStatement.retry",
    "timeoutSeconds",
    [0, INT32],
    (timeoutSeconds) => retry({ count: 1, interval: fixed(1), timeoutSeconds }),
  ],
  ["RetryInterval.fixed", "seconds", [1, INT32], (seconds) => retry({ count: 1, interval: fixed(seconds) })],
  ["RetryInterval.linear", "firstSeconds", [1, INT32], (first) => retry({ count: 1, interval: linear(first, 1) })],
  ["RetryInterval.linear", "deltaSeconds", [1, INT32], (delta) => retry({ count: 1, interval: linear(1, delta) })],
  [
    "RetryInterval.exponential",
    "maxSeconds",
    [1, INT32],
    (max) => retry({ count: 1, interval: exponential(1, 1, max) }),
  ],
];

describe.each(NUMBERS)("%s: %s", (call, name, [min, max], write) => {
  it.each([min, max])("may be %d", (value) => {
    expect(xmlOf(write(value))).toContain(`="${value}"`);
  });

  it.each([min - 1, max + 1, min + 0.5, NaN])("is refused where it is %d", (value) => {
    expect(() => write(value)).toThrow(new RegExp(`^\\[${call}\\] .* ${name}(?:: | is )${value}\\. `));
  });

  it("is checked by Terraform where only Terraform knows it", () => {
    const { numberValue } = new TerraformVariable(stackWithProviders(), "v", {});
    const messages = unknownsIn(xmlOf(write(numberValue))).map(({ condition }) => condition.errorMessage);
    expect(messages).toEqual([refusal("policy-value-not-allowed", `of ${name} in ${call},`, "a whole number")]);
  });
});
