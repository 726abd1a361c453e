/*
 * What must not compile. `npm run typecheck` fails where one of these lines does: then @ts-expect-error expects an error
 * that is not there. Nothing here is run.
 */
import { PolicyStatement } from "../../../lib/policy/policy-statements";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { RetryInterval } from "../../../lib/policy/statements/retry-interval";

export function mustNotCompile(): void {
  // @ts-expect-error -- a text that says not whether it is a literal, code or a named value
  PolicyStatement.setHeader("X-Region", "eu");
  // @ts-expect-error -- the same in a struct
  PolicyStatement.rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey: "everybody" });
  // @ts-expect-error -- a value made by hand
  PolicyStatement.rewriteUri({});
  // @ts-expect-error -- a value without its factory, which checks it
  new PolicyValue("literal", "@(context.Api.Id)");
  // @ts-expect-error -- a retry without a wait
  PolicyStatement.retry({ count: 1 });
  // @ts-expect-error -- exponential waits without a longest one
  RetryInterval.exponential(1, 1);
  // @ts-expect-error -- a JSON Web Token for anybody
  PolicyStatement.requireJwt({ openIdConfigUrl: "https://issuer.contoso.com" });
  // @ts-expect-error -- addresses of which nobody knows whether they are let in
  PolicyStatement.ipFilter({ addresses: ["13.66.201.169"] });
}
