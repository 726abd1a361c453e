import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { refusal } from "../../helpers/refusal";

const ADDRESS = PolicyValue.expression("context.Request.IpAddress");
const FAILED = PolicyValue.expression("context.Response.StatusCode >= 400");

describe("rateLimit", () => {
  it("counts the calls of a subscription", () => {
    expect(PolicyStatement.rateLimit(20, 90)._config).toEqual({
      section: "inbound",
      slot: "user",
      kind: "rate-limit",
      xml: '<rate-limit calls="20" renewal-period="90" />',
    });
  });

  it("tells consumers and later statements how many calls are left", () => {
    const options = {
      retryAfterHeaderName: "X-Retry-After",
      retryAfterVariableName: "retryAfter",
      remainingCallsHeaderName: "X-Remaining",
      remainingCallsVariableName: "remaining",
      totalCallsHeaderName: "X-Total",
    };
    expect(PolicyStatement.rateLimit(20, 300, options)._config.xml).toBe(
      '<rate-limit calls="20" renewal-period="300" retry-after-header-name="X-Retry-After" retry-after-variable-name="retryAfter" ' +
        'remaining-calls-header-name="X-Remaining" remaining-calls-variable-name="remaining" total-calls-header-name="X-Total" />',
    );
  });

  it.each([0, -1, 1.5, NaN, Infinity, 2147483648])("refuses %p calls", (calls) => {
    expect(() => PolicyStatement.rateLimit(calls, 90)).toThrow(
      refusal("number-out-of-range", "[PolicyStatement.rateLimit]", `calls: ${calls}.`, "from 1 to 2147483647"),
    );
  });

  it.each([0, 301, 2.5])("refuses a period of %p seconds", (seconds) => {
    expect(() => PolicyStatement.rateLimit(20, seconds)).toThrow(
      refusal(
        "rate-period-out-of-range",
        "[PolicyStatement.rateLimit]",
        `renewalPeriodSeconds is ${seconds}.`,
        "PolicyStatement.quotaByKey",
      ),
    );
  });

  it("refuses a header name that HTTP would refuse", () => {
    expect(() => PolicyStatement.rateLimit(20, 90, { totalCallsHeaderName: "X Total" })).toThrow(
      refusal("invalid-policy-name", "[PolicyStatement.rateLimit]", 'header name "X Total"'),
    );
  });
});

describe("rateLimitByKey", () => {
  it("counts the calls with the same key", () => {
    const props = { calls: 10, renewalPeriodSeconds: 60, counterKey: ADDRESS };
    expect(PolicyStatement.rateLimitByKey(props)._config).toEqual({
      section: "inbound",
      slot: "user",
      kind: "rate-limit-by-key",
      xml: '<rate-limit-by-key calls="10" renewal-period="60" counter-key="@(context.Request.IpAddress)" />',
    });
  });

  it("counts what the condition says, as often as the user says", () => {
    const props = {
      calls: 10,
      renewalPeriodSeconds: 60,
      counterKey: PolicyValue.literal("everybody"),
      incrementCondition: FAILED,
      incrementCount: 2,
      remainingCallsHeaderName: "X-Remaining",
    };
    expect(PolicyStatement.rateLimitByKey(props)._config.xml).toBe(
      '<rate-limit-by-key calls="10" renewal-period="60" counter-key="everybody" ' +
        'increment-condition="@(context.Response.StatusCode >= 400)" increment-count="2" remaining-calls-header-name="X-Remaining" />',
    );
  });

  it("refuses a period of 15 minutes", () => {
    const props = { calls: 10, renewalPeriodSeconds: 900, counterKey: ADDRESS };
    expect(() => PolicyStatement.rateLimitByKey(props)).toThrow(
      refusal("rate-period-out-of-range", "[PolicyStatement.rateLimitByKey]", "renewalPeriodSeconds is 900."),
    );
  });

  it("refuses a condition that is the same for every request", () => {
    const incrementCondition = PolicyValue.literal("true");
    const props = { calls: 10, renewalPeriodSeconds: 60, counterKey: ADDRESS, incrementCondition };
    expect(() => PolicyStatement.rateLimitByKey(props)).toThrow(
      refusal(
        "literal-as-condition",
        "[PolicyStatement.rateLimitByKey]",
        "incrementCondition: PolicyValue.expression(",
      ),
    );
  });
});

describe("quotaByKey", () => {
  it.each([0, 300])("may have a period of %d seconds", (renewalPeriodSeconds) => {
    const { xml } = PolicyStatement.quotaByKey({ calls: 1, renewalPeriodSeconds, counterKey: ADDRESS })._config;
    expect(xml).toContain(`renewal-period="${renewalPeriodSeconds}"`);
  });

  it("writes every option", () => {
    const props = {
      calls: 10000,
      bandwidthKilobytes: 40000,
      renewalPeriodSeconds: 3600,
      counterKey: ADDRESS,
      incrementCondition: FAILED,
    };
    expect(PolicyStatement.quotaByKey(props)._config).toEqual({
      section: "inbound",
      slot: "user",
      kind: "quota-by-key",
      xml:
        '<quota-by-key calls="10000" bandwidth="40000" renewal-period="3600" counter-key="@(context.Request.IpAddress)" ' +
        'increment-condition="@(context.Response.StatusCode >= 400)" />',
    });
  });

  it("may never renew", () => {
    const props = { bandwidthKilobytes: 5, renewalPeriodSeconds: 0, counterKey: ADDRESS };
    expect(PolicyStatement.quotaByKey(props)._config.xml).toBe(
      '<quota-by-key bandwidth="5" renewal-period="0" counter-key="@(context.Request.IpAddress)" />',
    );
  });

  it("refuses a quota of nothing", () => {
    expect(() => PolicyStatement.quotaByKey({ renewalPeriodSeconds: 3600, counterKey: ADDRESS })).toThrow(
      refusal("quota-without-limit", "[PolicyStatement.quotaByKey]", "calls: 10000"),
    );
  });

  it("refuses a period that is too short", () => {
    expect(() => PolicyStatement.quotaByKey({ calls: 1, renewalPeriodSeconds: 60, counterKey: ADDRESS })).toThrow(
      refusal(
        "quota-period-too-short",
        "[PolicyStatement.quotaByKey]",
        "renewalPeriodSeconds is 60.",
        "PolicyStatement.rateLimitByKey",
      ),
    );
  });
});
