import { Fn, TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { cut, NameRule } from "../core/names";
import { asArgument } from "../core/tokens";
import { checkedGroup, IResourceGroupRef } from "./refs/resource-group";
import { azurerm } from "../providers/azurerm";

const HASH_LENGTH = 10;

/** The name patterns of the azurerm provider, stricter where Azure is. */
export const AZURE_NAMES = {
  vaultSecret: {
    what: "name of a key vault secret",
    pattern: /^[0-9A-Za-z-]{1,127}$/,
    allowed: "1 to 127 letters, digits and hyphens",
  },
  vaultCertificate: {
    what: "name of a key vault certificate",
    pattern: /^[0-9A-Za-z-]{1,127}$/,
    allowed: "1 to 127 letters, digits and hyphens, without the address of the vault and without a version",
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
  containerAppEnvironment: {
    what: "name of a Container Apps environment",
    pattern: /^[a-zA-Z](?:[a-zA-Z0-9-]{0,58}[a-zA-Z0-9])?$/,
    allowed: "1 to 60 letters, digits and hyphens, with a letter first and no hyphen last",
  },
  slot: {
    what: "name of a deployment slot",
    pattern: /^(?!production$)[0-9a-zA-Z](?:[0-9a-zA-Z-]{0,57}[0-9a-zA-Z])?$/i,
    allowed: '1 to 59 letters, digits and hyphens, with no hyphen first or last, and not "production"',
  },
  servicePlan: {
    what: "name of an App Service plan",
    pattern: /^[0-9a-zA-Z_-]{1,60}$/,
    allowed: "1 to 60 letters, digits, hyphens and _",
  },
  storageAccount: {
    what: "name of a storage account",
    pattern: /^[a-z0-9]{3,24}$/,
    allowed: "3 to 24 lowercase letters and digits",
  },
  storageContainer: {
    what: "name of a storage container",
    pattern: /^(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*$/,
    allowed: "3 to 63 lowercase letters, digits and single hyphens, with no hyphen first or last",
  },
  privateEndpoint: {
    what: "name of a private endpoint",
    pattern: /^[a-zA-Z0-9](?:[a-zA-Z0-9_.-]{0,78}[a-zA-Z0-9_])?$/,
    allowed: "1 to 80 letters, digits, _ . and hyphens, with a letter or digit first, and no dot or hyphen last",
  },
  diagnosticSetting: {
    what: "name of a diagnostic setting",
    pattern: /^[^<>*%&:\\?+/]{1,260}$/,
    allowed: "1 to 260 characters without < > * % & : \\ ? + /",
  },
  lock: {
    what: "name of a resource lock",
    pattern: /^[^<>%&\\?/]{1,260}$/,
    allowed: "1 to 260 characters without < > % & \\ ? /",
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

/** How many characters such a name has. Only Terraform knows the name itself. */
export function globallyUniqueLength(prefix: string, maxLength: number): number {
  return cut(prefix, maxLength - HASH_LENGTH - 1).length + 1 + HASH_LENGTH;
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

/** The hashes of a scope, of which an app, its plan and its storage have the same one. */
const HASHES = new WeakMap<Construct, Map<string, string>>();

function uniqueHash(scope: Construct, group: IResourceGroupRef, provider?: TerraformProvider): string {
  checkedGroup(scope, group);
  const client = readClientConfig(scope, provider);
  const known = HASHES.get(scope) ?? new Map<string, string>();
  HASHES.set(scope, known);
  const key = `${client.node.path} ${group.name}`;
  const hash = known.get(key) ?? hashOf(scope, group, client);
  known.set(key, hash);
  return hash;
}

function hashOf(scope: Construct, group: IResourceGroupRef, { subscriptionId }: DataAzurermClientConfig): string {
  const identity = Fn.join("/", [subscriptionId, asArgument(group.name), scope.node.path]);
  return Fn.substr(Fn.sha256(identity), 0, HASH_LENGTH);
}

/** Logical ID of the data source of a stack. */
export const CLIENT_CONFIG = "SecureApimBackendClientConfig";

/** Reads the tenant and subscription of an azurerm provider, by default the one without an alias: one data source each. */
export function readClientConfig(scope: Construct, provider?: TerraformProvider): DataAzurermClientConfig {
  const stack = TerraformStack.of(scope);
  const id = provider?.alias === undefined ? CLIENT_CONFIG : `${CLIENT_CONFIG}-${provider.alias}`;
  const existing = stack.node.tryFindChild(id) as DataAzurermClientConfig | undefined;
  return existing ?? new azurerm.DataAzurermClientConfig(stack, id, { provider });
}
