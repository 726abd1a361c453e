import { Construct } from "constructs";
import * as errors from "./errors";
import { isToken } from "./tokens";

/** Opting out takes a reason that a reviewer can read in the code; `before` is what the call takes in front of it. */
export function checkReason(scope: Construct, call: string, reason: string, before = ""): string {
  if (isToken(reason)) throw errors.tokenForLiteral(scope, `the reason given to ${call}`);
  if (reason.trim() === "") throw errors.missingReason(scope, call, before);
  return reason;
}
