import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { RetryInterval } from "../../../lib/policy/statements/retry-interval";

/* Never run: the compiler reads it, and fails where one of these lines compiles. */
export function mustNotCompile(): void {
  // @ts-expect-error a text says not whether it is a literal, code or a named value
  PolicyStatement.setHeader("X-Region", "eu");
  // @ts-expect-error the same
  PolicyStatement.rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey: "everybody" });
  // @ts-expect-error a value is made by its factories alone
  new PolicyValue("literal", "a");
  // @ts-expect-error an object that looks like a value is none
  const value: PolicyValue = {};
  // @ts-expect-error how long to wait is part of a retry
  PolicyStatement.retry({ count: 1 });
  // @ts-expect-error exponential waits have a longest one
  RetryInterval.exponential(1, 1);
  // @ts-expect-error a JSON Web Token is for somebody
  PolicyStatement.requireJwt({ openIdConfigUrl: "https://issuer.contoso.com" });
  // @ts-expect-error what a filter does with its addresses is never guessed
  PolicyStatement.ipFilter({ addresses: ["13.66.201.169"] });
  void value;
}

it("a statement and its values are made by factories alone", () => {
  expect(Object.getOwnPropertyNames(PolicyStatement.setHeader("X-Region", PolicyValue.literal("eu")))).toEqual([
    "render",
  ]);
});
