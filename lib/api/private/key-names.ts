import { Construct } from "constructs";
import * as errors from "../../core/errors";
import { checkName, NAME_RULES } from "../../core/names";
import { isToken } from "../../core/tokens";
import { SubscriptionKeyNames } from "../api-surface";

/** The names stand in the text of a policy, where Terraform's values cannot be checked. */
export function checkedKeyNames(scope: Construct, names: SubscriptionKeyNames): SubscriptionKeyNames {
  if (isToken(names.header)) throw errors.tokenForLiteral(scope, "subscriptionKeyNames.header");
  if (isToken(names.query)) throw errors.tokenForLiteral(scope, "subscriptionKeyNames.query");
  checkName(scope, NAME_RULES.headerName, names.header);
  checkName(scope, NAME_RULES.queryName, names.query);
  return names;
}
