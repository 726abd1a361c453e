import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { fail, Place } from "./fail";
import { requireLiteral } from "./literal";
import { noteInStack } from "./stack-notes";

/**
 * The reason for an exception, which a reviewer can read in the code.
 *
 * @param before the arguments of the call before the reason
 */
export function checkReason(place: Place, call: string, reason: string, before = ""): string {
  if (!/[\p{L}\p{N}]/u.test(givenReason(reason)))
    fail(
      place,
      "missing-reason",
      `${call} has no reason.`,
      `Write who made this decision and where it is documented, for example ` +
        `${call}(${before}"agreed with the security team, see ADR 12").`,
    );
  return requireLiteral(place, `The reason given to ${call}`, reason);
}

/** The reason that a call was given. What is no text becomes an empty one, which `checkReason` refuses. */
export function givenReason(reason: unknown): string {
  return typeof reason === "string" ? reason : "";
}

/** Adds an info annotation with the reason for an exception, and writes the reason into the output. */
export function announce(scope: Construct, what: string, call: string, reason: string, before?: string): void {
  const checked = checkReason(scope, call, reason, before);
  Annotations.of(scope).addInfo(`${what}: ${checked}`);
  noteInStack(scope, "openOnPurpose", () => ({ path: scope.node.path, what, call, reason: checked }));
}
