/*
 * Code that must not compile. If one of these lines compiles, `npm run typecheck` reports an unused @ts-expect-error.
 * Nothing here is run.
 */
import { PolicyDocument } from "../../../lib/policy/policy-document";
import { PolicySection } from "../../../lib/policy/statement";
import { PolicyStatement } from "../../../lib/policy/policy-statement";
import { PolicyValue } from "../../../lib/policy/policy-value";
import { RetryInterval } from "../../../lib/policy/statements/retry";

export function mustNotCompile(): void {
  // @ts-expect-error -- a text that could be a literal, code or a named value
  PolicyStatement.setHeader("X-Region", "eu");
  // @ts-expect-error -- the same in a struct
  PolicyStatement.rateLimitByKey({ calls: 1, renewalPeriodSeconds: 1, counterKey: "everybody" });
  // @ts-expect-error -- a value made by hand
  PolicyStatement.rewriteUri({});
  // @ts-expect-error -- a value without its factory, which checks it
  new PolicyValue("literal", "@(context.Api.Id)");
  // @ts-expect-error -- a retry without a wait
  PolicyStatement.retry({ count: 1 });
  // @ts-expect-error -- exponential waits without a maximum
  RetryInterval.exponential(1, 1);
  // @ts-expect-error -- a JSON Web Token for any audience
  PolicyStatement.requireJwt({ openIdConfigUrl: "https://issuer.contoso.com" });
  // @ts-expect-error -- addresses without an action
  PolicyStatement.ipFilter({ addresses: ["13.66.201.169"] });
  // @ts-expect-error -- XML without its section
  PolicyDocument.of("<set-status code='418' />");
  // @ts-expect-error -- a statement made by hand, which could take the place of the gateway's token
  PolicyDocument.of({ _config: { section: PolicySection.INBOUND, slot: "token", kind: "token", xml: "<a />" } });
  // @ts-expect-error -- a statement without its factory, which checks it
  new PolicyStatement({ section: PolicySection.INBOUND, slot: "token", kind: "token", xml: "<a />" });
}
