import { Construct } from "constructs";
import * as errors from "./errors";
import { isToken } from "./tokens";

/** Opting out takes a reason that a reviewer can read in the code. */
export function checkReason(scope: Construct, call: string, reason: string): string {
  if (isToken(reason)) throw errors.tokenForLiteral(scope, `the reason given to ${call}`);
  if (reason.trim() === "") throw errors.missingReason(scope, call);
  return reason;
}
