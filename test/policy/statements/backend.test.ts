import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { RetryInterval } from "../../../lib/policy/statements/retry";
import { refusal } from "../../helpers/refusal";

describe("forwardRequest", () => {
  it("leaves to API Management what is not given", () => {
    expect(PolicyStatement.forwardRequest()._config).toEqual({
      section: "backend",
      slot: "user",
      kind: "forward-request",
      xml: "<forward-request />",
    });
  });

  it("writes every option", () => {
    const props = { timeoutSeconds: 120, bufferRequestBody: false, bufferResponse: false, failOnErrorStatusCode: true };
    expect(PolicyStatement.forwardRequest(props)._config.xml).toBe(
      '<forward-request timeout="120" buffer-request-body="false" buffer-response="false" fail-on-error-status-code="true" />',
    );
  });

  it("writes what is false as well as what is true", () => {
    const props = { bufferRequestBody: true, bufferResponse: true, failOnErrorStatusCode: false };
    expect(PolicyStatement.forwardRequest(props)._config.xml).toBe(
      '<forward-request buffer-request-body="true" buffer-response="true" fail-on-error-status-code="false" />',
    );
  });

  it("refuses a timeout in the past", () => {
    expect(() => PolicyStatement.forwardRequest({ timeoutSeconds: -1 })).toThrow(
      refusal("number-out-of-range", "[PolicyStatement.forwardRequest]", "timeoutSeconds: -1.", "from 0 to 2147483647"),
    );
  });
});

describe("retry", () => {
  it("tries again where the backend is busy, with the body that the consumer sent", () => {
    expect(PolicyStatement.retry({ count: 3, interval: RetryInterval.fixed(2) })._config).toEqual({
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
      bufferResponse: false,
    };
    expect(PolicyStatement.retry(props)._config.xml).toBe(
      '<retry condition="@(context.Response.StatusCode == 500)" count="10" interval="10" max-interval="100" delta="5" ' +
        'first-fast-retry="true">\n  <forward-request timeout="20" buffer-request-body="true" buffer-response="false" />\n</retry>',
    );
  });

  it("waits longer each time", () => {
    const interval = RetryInterval.linear(1, 2);
    expect(PolicyStatement.retry({ count: 1, interval })._config.xml).toContain(' interval="1" delta="2" ');
  });

  it.each([0, 51])("refuses to try %p times", (count) => {
    expect(() => PolicyStatement.retry({ count, interval: RetryInterval.fixed(1) })).toThrow(
      refusal("number-out-of-range", "[PolicyStatement.retry]", `count: ${count}.`, "from 1 to 50"),
    );
  });

  it.each([
    ["RetryInterval.fixed", "seconds", () => RetryInterval.fixed(0)],
    ["RetryInterval.linear", "deltaSeconds", () => RetryInterval.linear(1, 0)],
    ["RetryInterval.exponential", "maxSeconds", () => RetryInterval.exponential(1, 1, 0)],
  ])("refuses a wait that is none: %s, %s", (call, name, interval) => {
    expect(interval).toThrow(refusal("number-out-of-range", `[${call}]`, `${name}: 0.`, "from 1 to 2147483647"));
  });

  it("refuses a wait that no factory has made", () => {
    expect(() => PolicyStatement.retry({ count: 1, interval: {} as never })).toThrow(
      refusal("wrong-value", "[PolicyStatement.retry]", "interval is an object,", "RetryInterval.fixed("),
    );
  });

  it("refuses to try again whatever happens", () => {
    const condition = PolicyValue.literal("true");
    expect(() => PolicyStatement.retry({ count: 1, interval: RetryInterval.fixed(1), condition })).toThrow(
      refusal("literal-as-condition", "[PolicyStatement.retry]", "condition: PolicyValue.expression("),
    );
  });
});
