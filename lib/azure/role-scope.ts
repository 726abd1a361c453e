import { Precondition } from "cdktf";
import { Construct } from "constructs";
import { matchesAtPlan } from "../core/at-plan";
import { conditionMessage, fail } from "../core/fail";
import { expressionsIn } from "../core/references";
import { beginsUnknown, isToken } from "../core/tokens";
import { isOfAzureResource } from "./computed";

/** A resource group, or what it contains. */
const IN_GROUP = /^[/]subscriptions[/][^/]+[/]resourceGroups[/][^/]+/i;

/** A subscription, or what contains it. */
const MORE = /^\/*(?:subscriptions(?:\/[^/]*)?\/*|providers\/Microsoft\.Management\/managementGroups\/.*)?$/i;

const MORE_COMPUTED = /^(?:data\.)?azurerm_(?:subscription|management_group)\./;

const REMEDY = "Write the ID of the resource that the API calls, or of a part of it.";

/** Refuses to assign a role on a whole subscription, or more. What only Terraform knows of the scope is checked by the conditions. */
export function scopeConditions(scope: Construct, on: string): Precondition[] {
  const isMore = isToken(on) ? expressionsIn(scope, on).some((each) => MORE_COMPUTED.test(each)) : MORE.test(on);
  if (isMore)
    fail(
      scope,
      "role-scope-too-wide",
      "The role would be assigned on a whole subscription or more, so the gateway could use it on everything there.",
      REMEDY,
    );
  if (!isToken(on) || (beginsUnknown(on) && isOfAzureResource(scope, on))) return [];
  return [
    {
      condition: matchesAtPlan(on, IN_GROUP),
      errorMessage: conditionMessage(
        "role-scope-at-plan",
        "The gateway's role must be assigned on a resource or a part of it, not on a whole subscription or more.",
        REMEDY,
      ),
    },
  ];
}
