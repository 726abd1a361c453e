import { Fn, TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { cut, NameRule } from "../core/names";
import { asArgument } from "../core/tokens";
import { checkedGroup, IResourceGroupRef } from "./refs/resource-group";

const HASH_LENGTH = 10;

/** The name patterns of the azurerm provider, stricter where Azure is. */
export const AZURE_NAMES = {
  vaultSecret: {
    what: "name of a key vault secret",
    pattern: /^[0-9A-Za-z-]{1,127}$/,
    allowed: "1 to 127 letters, digits and hyphens",
  },
  app: {
    what: "app name",
    pattern: /^[0-9a-zA-Z][0-9a-zA-Z-]{0,58}[0-9a-zA-Z]$/,
    allowed: "2 to 60 letters, digits and hyphens, with no hyphen first or last",
  },
  containerApp: {
    what: "container app name",
    pattern: /^(?=.{2,32}$)[a-z](?:-?[a-z0-9])+$/,
    allowed: "2 to 32 lowercase letters, digits and single hyphens, with a letter first and no hyphen last",
  },
} satisfies Record<string, NameRule>;

/**
 * A name that is unique in all of Azure. It is the same at every plan, and differs by subscription, resource group and place in
 * the construct tree. Terraform computes it, because only Terraform knows the subscription.
 *
 * @see docs/design/decisions.md#names-by-terraform
 */
export function globallyUniqueName(
  scope: Construct,
  prefix: string,
  group: IResourceGroupRef,
  maxLength: number,
  provider?: TerraformProvider,
): string {
  return `${cut(prefix, maxLength - HASH_LENGTH - 1)}-${uniqueHash(scope, group, provider)}`;
}

/** A globally unique name for a storage account, which allows only lowercase letters and digits. */
export function storageAccountName(
  scope: Construct,
  prefix: string,
  group: IResourceGroupRef,
  provider?: TerraformProvider,
): string {
  return `${prefix.replace(/-/g, "").slice(0, 24 - HASH_LENGTH)}${uniqueHash(scope, group, provider)}`;
}

function uniqueHash(scope: Construct, group: IResourceGroupRef, provider?: TerraformProvider): string {
  checkedGroup(scope, group);
  const { subscriptionId } = readClientConfig(scope, provider);
  const identity = Fn.join("/", [subscriptionId, asArgument(group.name), scope.node.path]);
  return Fn.substr(Fn.sha256(identity), 0, HASH_LENGTH);
}

const ID = "SecureApimBackendClientConfig";

/** Reads the tenant and subscription of an azurerm provider, by default the one without an alias: one data source each. */
export function readClientConfig(scope: Construct, provider?: TerraformProvider): DataAzurermClientConfig {
  const stack = TerraformStack.of(scope);
  const id = provider?.alias === undefined ? ID : `${ID}-${provider.alias}`;
  const existing = stack.node.tryFindChild(id) as DataAzurermClientConfig | undefined;
  return existing ?? new DataAzurermClientConfig(stack, id, { provider });
}
