import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { fail } from "./fail";
import { requireLiteral } from "./literal";

/**
 * The reason for an exception, which a reviewer can read in the code.
 *
 * @param before the arguments of the call before the reason
 */
export function checkReason(scope: Construct, call: string, reason: string, before = ""): string {
  requireLiteral(scope, `The reason given to ${call}`, reason);
  if (reason.trim() === "")
    fail(
      scope,
      "missing-reason",
      `${call} has an empty reason.`,
      `Write who decided it and where to read about it, for example ` +
        `${call}(${before}"agreed with the security team, see ADR 12").`,
    );
  return reason;
}

/** Adds an info annotation with the reason for an exception; none without a reason. */
export function announce(
  scope: Construct,
  what: string,
  call: string,
  reason: string | undefined,
  before?: string,
): void {
  if (reason === undefined) return;
  Annotations.of(scope).addInfo(`${what}: ${checkReason(scope, call, reason, before)}`);
}
