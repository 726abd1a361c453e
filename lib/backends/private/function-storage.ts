import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import * as errors from "../../core/errors";
import { storageAccountName } from "../../core/names";
import { Rendered } from "../../core/rendered";
import { ResourceGroupRef } from "../../core/resource-group-ref";

/**
 * The storage account of a function app, without shared keys. azurerm reaches the data plane of an account with its keys
 * unless the provider is told otherwise, so the provider's settings are checked at synth.
 */
export function functionStorage(
  scope: Construct,
  name: string,
  group: ResourceGroupRef,
  provider?: TerraformProvider,
): StorageAccount {
  scope.node.addValidation({ validate: () => missingProviderSettings(scope, provider) });
  return new StorageAccount(scope, "Storage", {
    name: storageAccountName(scope, name, group),
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

function missingProviderSettings(scope: Construct, provider?: TerraformProvider): string[] {
  const used = provider ?? defaultAzurermProvider(scope);
  // Without any azurerm provider cdktf itself says what to add.
  return !used || reachesStorageByIdentity(used) ? [] : [errors.storageProviderSettings(used.node.path)];
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
