import { requireLiteral } from "../../core/literal";
import { Construct } from "constructs";
import { checkName, NAME_RULES } from "../../core/names";
import { SubscriptionKeyNames } from "../api-surface";

/** The names stand in the text of a policy, where Terraform's values cannot be checked. */
export function checkedKeyNames(scope: Construct, names: SubscriptionKeyNames): SubscriptionKeyNames {
  requireLiteral(scope, "subscriptionKeyNames.header", names.header);
  requireLiteral(scope, "subscriptionKeyNames.query", names.query);
  checkName(scope, NAME_RULES.headerName, names.header);
  checkName(scope, NAME_RULES.queryName, names.query);
  return names;
}
