import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { requireLiteral } from "../../core/literal";
import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { kebabCase } from "../../core/names";
import { storageAccountName } from "../../azure/names";
import { Rendered } from "../../core/rendered";
import { assignRole } from "../../azure/role-assignment";

/**
 * A role on a function app's own storage account that its triggers and bindings need, beside `Storage Blob Data Owner`,
 * which the host needs and always gets.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
 */
export class StorageRole {
  /** Queue triggers and bindings. */
  public static readonly QUEUE_DATA_CONTRIBUTOR = new StorageRole("Storage Queue Data Contributor");
  /** Table bindings, and the diagnostic events of the host. */
  public static readonly TABLE_DATA_CONTRIBUTOR = new StorageRole("Storage Table Data Contributor");
  /** Blob triggers, which keep their receipts in blobs and their work in queues. */
  public static readonly ACCOUNT_CONTRIBUTOR = new StorageRole("Storage Account Contributor");

  /** A built-in or custom role, by its name. */
  public static of(roleName: string): StorageRole {
    return new StorageRole(roleName);
  }

  private constructor(private readonly roleName: string) {}

  /** @internal */
  public get _roleName(): string {
    return this.roleName;
  }
}

/**
 * The storage account of a function app, without shared keys. azurerm reaches the data plane of an account with its keys
 * unless the provider is told otherwise, so the provider's settings are checked at synth.
 */
export function functionStorage(
  scope: Construct,
  name: string,
  group: IResourceGroupRef,
  provider?: TerraformProvider,
): StorageAccount {
  scope.node.addValidation({ validate: () => missingProviderSettings(scope, provider) });
  return new StorageAccount(scope, "Storage", {
    name: storageAccountName(scope, name, group, provider),
    resourceGroupName: group.name,
    location: group.location,
    accountTier: "Standard",
    accountReplicationType: "LRS",
    minTlsVersion: "TLS1_2",
    httpsTrafficOnlyEnabled: true,
    sharedAccessKeyEnabled: false,
    defaultToOauthAuthentication: true,
    allowNestedItemsToBePublic: false,
    localUserEnabled: false,
    crossTenantReplicationEnabled: false,
    provider,
  });
}

/** The role that the functions host needs on its account, and those that the user adds, each once. */
export function storageRoles(
  scope: Construct,
  extra: readonly StorageRole[],
  accountId: string,
  principalId: string,
): RoleAssignment[] {
  const names = new Set(["Storage Blob Data Owner", ...extra.map((role) => role._roleName)]);
  const roles = new Construct(scope, "StorageRoles");
  return [...names].map((name) => {
    requireLiteral(scope, "the name of a storage role", name);
    return assignRole(roles, kebabCase(name), { name, on: accountId, to: principalId });
  });
}

function missingProviderSettings(scope: Construct, provider?: TerraformProvider): string[] {
  const used = provider ?? defaultAzurermProvider(scope);
  // Without any azurerm provider cdktf itself says what to add.
  return !used || reachesStorageByIdentity(used) ? [] : [storageProviderSettings(used.node.path)];
}

function defaultAzurermProvider(scope: Construct): TerraformProvider | undefined {
  return TerraformStack.of(scope)
    .node.findAll()
    .filter((node): node is TerraformProvider => TerraformProvider.isTerraformProvider(node))
    .find((provider) => provider.terraformResourceType === "azurerm" && !provider.alias);
}

/** A value that only Terraform knows is taken for the right one. */
function reachesStorageByIdentity(provider: TerraformProvider): boolean {
  const rendered: Rendered = provider.toTerraform().provider.azurerm[0];
  const dataPlane = rendered.features?.[0]?.storage?.[0]?.data_plane_available;
  const off = dataPlane !== undefined && dataPlane !== true;
  const byEntra = rendered.storage_use_azuread !== undefined && rendered.storage_use_azuread !== false;
  return off && byEntra;
}
// Policy
// Entra ID

export function storageProviderSettings(provider: string): string {
  const settings = "features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true";
  return (
    `The storage account of a function app has no shared keys, but the azurerm provider "${provider}" would reach it with ` +
    `them. Write new AzurermProvider(this, "azurerm", { ${settings} }). Where other storage accounts of the stack need the data ` +
    `plane (queue properties, static websites), leave that provider as it is and give the account its own: storageProvider: ` +
    `new AzurermProvider(this, "azurerm-storage", { alias: "storage", ${settings} }).`
  );
}
