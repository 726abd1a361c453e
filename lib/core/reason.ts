import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { fail, Place } from "./fail";
import { requireLiteral } from "./literal";
import { noteInStack } from "./stack-notes";

/** The code before and after a reason. Together they are valid code, which can be pasted. */
export type AroundReason = readonly [before: string, after: string];

/**
 * The reason for an exception, which a reviewer can read in the code.
 *
 * @param around what is written around it; without it, the call has no other argument
 */
export function checkReason(place: Place, call: string, reason: string, around?: AroundReason): string {
  const [before, after] = around ?? [`${call}(`, ")"];
  if (!/[\p{L}\p{N}]/u.test(givenReason(reason)))
    fail(
      place,
      "missing-reason",
      `${call} has no reason.`,
      `Write who made this decision and where it is documented, for example ` +
        `${before}"agreed with the security team, see ADR 12"${after}.`,
    );
  return requireLiteral(place, `The reason given to ${call}`, reason);
}

/** The reason that a call was given. What is no text becomes an empty one, which `checkReason` refuses. */
export function givenReason(reason: unknown): string {
  return typeof reason === "string" ? reason : "";
}

/** Adds an info annotation with the reason for an exception, and writes the reason into the output. */
export function announce(scope: Construct, what: string, call: string, reason: string, around?: AroundReason): void {
  const checked = checkReason(scope, call, reason, around);
  Annotations.of(scope).addInfo(`${what}: ${checked}`);
  noteInStack(scope, "openOnPurpose", () => ({ path: scope.node.path, what, call, reason: checked }));
}
