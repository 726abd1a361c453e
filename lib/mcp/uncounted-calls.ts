import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../core/fail";
import { PolicyDocument } from "../policy/policy-document";
import { named, policiesOf } from "./streaming";

/** The limits that count by subscription, and what to write instead. */
const INSTEAD = new Map([
  ["rate-limit", "PolicyStatement.rateLimitByKey({ calls, renewalPeriodSeconds, counterKey })"],
  ["quota", "PolicyStatement.quotaByKey({ calls, renewalPeriodSeconds, counterKey })"],
]);

const BY_USER = `PolicyValue.expression('((Jwt)context.Variables["caller-token"]).Subject')`;

/**
 * Warns of limits that count no calls with a token: they count by subscription.
 *
 * @see https://learn.microsoft.com/azure/api-management/rate-limit-policy
 */
export function warnOfUncountedCalls(scope: Construct, document: PolicyDocument): void {
  for (const located of policiesOf(document)) {
    const instead = INSTEAD.get(located.element.name);
    if (instead === undefined) continue;
    Annotations.of(scope).addWarning(
      finding(
        "mcp-limit-by-subscription",
        `${named(located)} counts calls with a subscription key only, but clients of this MCP server send a token, so it limits nobody.`,
        `Write ${instead}, with counterKey: ${BY_USER} for each user.`,
      ),
    );
  }
}
