import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { RetryInterval } from "../../../lib/policy/statements/retry-interval";

describe("forwardRequest", () => {
  it("leaves to API Management what is not given", () => {
    expect(PolicyStatement.forwardRequest().render()).toEqual({
      section: "backend",
      slot: "user",
      kind: "forward-request",
      xml: "<forward-request />",
    });
  });

  it("writes every option", () => {
    const props = { timeoutSeconds: 120, bufferRequestBody: false, bufferResponse: false, failOnErrorStatusCode: true };
    expect(PolicyStatement.forwardRequest(props).render().xml).toBe(
      '<forward-request timeout="120" buffer-request-body="false" buffer-response="false" fail-on-error-status-code="true" />',
    );
  });

  it("refuses a timeout in the past", () => {
    expect(() => PolicyStatement.forwardRequest({ timeoutSeconds: -1 })).toThrow(
      new Error(
        "PolicyStatement.forwardRequest: timeoutSeconds is -1, but API Management takes whole numbers from 0 to 2147483647. " +
          "Write one of these.",
      ),
    );
  });
});

describe("retry", () => {
  it("tries again where the backend is busy, with the body that the consumer sent", () => {
    expect(PolicyStatement.retry({ count: 3, interval: RetryInterval.fixed(2) }).render()).toEqual({
      section: "backend",
      slot: "user",
      kind: "retry",
      xml:
        '<retry condition="@(context.Response.StatusCode == 429 || context.Response.StatusCode == 503)" count="3" interval="2" ' +
        'first-fast-retry="false">\n  <forward-request buffer-request-body="true" />\n</retry>',
    });
  });

  it("writes every option", () => {
    const props = {
      count: 10,
      interval: RetryInterval.exponential(10, 5, 100),
      condition: PolicyValue.expression("context.Response.StatusCode == 500"),
      firstFastRetry: true,
      timeoutSeconds: 20,
    };
    expect(PolicyStatement.retry(props).render().xml).toBe(
      '<retry condition="@(context.Response.StatusCode == 500)" count="10" interval="10" max-interval="100" delta="5" ' +
        'first-fast-retry="true">\n  <forward-request timeout="20" buffer-request-body="true" />\n</retry>',
    );
  });

  it("waits longer each time", () => {
    const interval = RetryInterval.linear(1, 2);
    expect(PolicyStatement.retry({ count: 1, interval }).render().xml).toContain(' interval="1" delta="2" ');
  });

  it.each([0, 51])("refuses to try %p times", (count) => {
    expect(() => PolicyStatement.retry({ count, interval: RetryInterval.fixed(1) })).toThrow(
      new Error(
        `PolicyStatement.retry: count is ${count}, but API Management takes whole numbers from 1 to 50. Write one of these.`,
      ),
    );
  });

  it.each([
    ["RetryInterval.fixed: seconds", () => RetryInterval.fixed(0)],
    ["RetryInterval.linear: deltaSeconds", () => RetryInterval.linear(1, 0)],
    ["RetryInterval.exponential: maxSeconds", () => RetryInterval.exponential(1, 1, 0)],
  ])("refuses a wait that is none: %s", (start, interval) => {
    expect(interval).toThrow(
      new Error(`${start} is 0, but API Management takes whole numbers from 1 to 2147483647. Write one of these.`),
    );
  });

  it("refuses to try again whatever happens", () => {
    const condition = PolicyValue.literal("true");
    expect(() => PolicyStatement.retry({ count: 1, interval: RetryInterval.fixed(1), condition })).toThrow(
      new Error(
        "PolicyStatement.retry: condition is a literal, the same for every request. " +
          'Write condition: PolicyValue.expression("context.Response.StatusCode == 429").',
      ),
    );
  });
});
