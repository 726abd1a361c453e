import { Annotations } from "cdktf";
import { Construct } from "constructs";
import * as errors from "./errors";
import { isToken } from "./tokens";

/** Opting out takes a reason that a reviewer can read in the code; `before` is what the call takes in front of it. */
export function checkReason(scope: Construct, call: string, reason: string, before = ""): string {
  if (isToken(reason)) throw errors.tokenForLiteral(scope, `the reason given to ${call}`);
  if (reason.trim() === "") throw errors.missingReason(scope, call, before);
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
