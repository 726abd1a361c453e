import { isToken } from "../../core/tokens";
import { CallerConfig } from "../caller";

/** What two callers that are one and the same have in common: the object ID, or the label where only Terraform knows it. */
export function callerKey({ principalId, label }: CallerConfig): string {
  return isToken(principalId) ? `label:${label}` : `id:${principalId.toLowerCase()}`;
}
