import { requireLiteral } from "./literal";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { fail } from "./fail";

/** Opting out takes a reason that a reviewer can read in the code; `before` is what the call takes in front of it. */
export function checkReason(scope: Construct, call: string, reason: string, before = ""): string {
  requireLiteral(scope, `the reason given to ${call}`, reason);
  if (reason.trim() === "")
    fail(
      scope,
      "missing-reason",
      `${call} was given an empty reason. Write who decided it and where that can be read, ` +
        `for example ${call}(${before}"agreed with the security team, see ADR 12").`,
    );
  return reason;
}

/** Says at synthesis that something was opened or left to others, and why; nothing without a reason, where nobody did that. */
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
