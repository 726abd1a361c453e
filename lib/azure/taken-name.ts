import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { claim } from "../core/claims";
import { fail } from "../core/fail";
import { checkName, NameRule } from "../core/names";
import { IResourceGroupRef } from "./refs/resource-group";

/**
 * Returns a name that the user gave, which no other resource of the stack may have: Azure would refuse the second one.
 *
 * @param group the resource group in which the name is unique; in all of Azure if there is none
 */
export function uniqueName(
  scope: Construct,
  rule: NameRule,
  name: string,
  { group, suggestion }: { readonly group?: IResourceGroupRef; readonly suggestion?: string } = {},
): string {
  checkName(scope, rule, name, suggestion);
  const place = Construct.isConstruct(group) ? group.node.path : (group?.name ?? "Azure");
  const holder = claim(TerraformStack.of(scope), `${rule.what} in ${place}`, name, scope);
  if (holder !== undefined)
    fail(
      scope,
      "azure-name-taken",
      `The ${rule.what} "${name}" is already used by "${holder}".`,
      "Use another name for each, or omit the name.",
    );
  return name;
}
