import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { assignRole } from "../../azure/azure-role";
import { checkedTags, Tags } from "../../azure/azure-tags";
import { cloudOfEnvironment, CLOUDS } from "../../azure/clouds/hosts";
import { givenEnvironment } from "../../azure/clouds/provider-environment";
import { cloudOf } from "../../azure/clouds/stack-cloud";
import { AZURE_NAMES, storageAccountName } from "../../azure/names";
import { checkedGroup, IResourceGroupRef } from "../../azure/refs/resource-group";
import { uniqueName } from "../../azure/taken-name";
import { fail, finding } from "../../core/fail";
import { guard, ONCE, oneOf } from "../../core/guard";
import { requireGiven, requireList } from "../../core/given";
import { requireLiteral } from "../../core/literal";
import { kebabCase } from "../../core/names";
import { Rendered } from "../../core/rendered";
import { providersIn, surveyOf } from "../../core/survey";
import { isToken } from "../../core/tokens";
import { azurerm } from "../../providers/azurerm";

/** What the storage account is called, where it is, and how it is tagged. */
export interface NewStorage {
  readonly defaultName: string;
  readonly storageAccountName?: string;
  readonly resourceGroup: IResourceGroupRef;
  readonly tags?: Tags;
  readonly storageProvider?: TerraformProvider;
}

/**
 * Creates the storage account of a function app, without shared keys. azurerm uses the keys to reach an account's data plane
 * unless the provider is configured otherwise, so the provider's settings are checked at synth.
 */
export function createFunctionStorage(
  scope: Construct,
  { defaultName, storageAccountName: name, resourceGroup, tags, storageProvider: provider }: NewStorage,
): StorageAccount {
  const group = checkedGroup(scope, resourceGroup);
  if (provider !== undefined)
    requireGiven(scope, provider, {
      name: "storageProvider",
      has: ["alias", "fqn"],
      example: 'storageProvider: new AzurermProvider(this, "azurerm-storage", { alias: "storage", ... })',
    });
  const ofDefault = surveyOf(TerraformStack.of(scope), "default-azurerm", () =>
    missingProviderSettings(defaultAzurermProvider(scope)),
  );
  scope.node.addValidation({ validate: () => (provider ? missingProviderSettings(provider) : ofDefault()) });
  const account = new azurerm.StorageAccount(scope, "Storage", {
    name:
      name !== undefined
        ? uniqueName(scope, AZURE_NAMES.storageAccount, name, { suggestion: kebabCase(name).replace(/-/g, "") })
        : storageAccountName(scope, defaultName, group, provider),
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
    tags: tags && checkedTags(scope, tags),
    provider,
  });
  guard(account, {
    attributes: {
      ...ONCE,
      min_tls_version: oneOf("TLS1_2", "TLS1_3"),
      https_traffic_only_enabled: true,
      shared_access_key_enabled: false,
      allow_nested_items_to_be_public: false,
      local_user_enabled: false,
      cross_tenant_replication_enabled: false,
      sftp_enabled: oneOf(undefined, false),
      nfsv3_enabled: oneOf(undefined, false),
      static_website: undefined,
    },
    changed: (attributes) =>
      finding(
        "storage-security-changed",
        `The storage account "${account.node.path}" was changed after it was created, so it could accept keys, anonymous requests ` +
          `or unencrypted connections.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). For data that needs other settings, create ` +
          `another storage account.`,
      ),
  });
  return account;
}

/**
 * Refuses a function app to which azurerm tells only the name of its storage account: the functions host looks for the account in the public
 * cloud then, and app settings with its addresses beside the name stop the host.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/32062
 */
export function requireStorageByName(scope: Construct): void {
  const cloud = cloudOf(scope);
  if (cloud === "public") return;
  const { title: thisCloud } = CLOUDS[cloud];
  fail(
    scope,
    "function-storage-not-in-cloud",
    `The function app would not start in ${thisCloud}. azurerm tells it only the name of its storage account, and it looks for that name in ` +
      `the public cloud.`,
    "Write Backend.flexFunctionApp or Backend.containerApp. Or declare the app with storageKeyVaultSecretId, and pass it to a factory such as " +
      "Backend.fromLinuxFunctionApp(app).",
  );
}

/**
 * Guards that the app uses the account as it was set to: with its identity, and no other account.
 *
 * @param attributes what sets it on an app of its kind
 */
export function guardStorageUse(app: TerraformResource, attributes: Readonly<Record<string, unknown>>): void {
  guard(app, {
    attributes: { ...attributes, storage_account_access_key: undefined, storage_key_vault_secret_id: undefined },
    changed: (changed) =>
      finding(
        "app-storage-changed",
        `The storage of the app "${app.node.path}" was changed after it was created, so the app could use keys, or run code from ` +
          `another storage account.`,
        `Remove what changes ${changed} on it (a setter, addOverride, an aspect). To choose another account, declare the app and ` +
          `pass it to a factory such as Backend.fromLinuxFunctionApp(app).`,
      ),
  });
}

/** Assigns the role that the functions host requires on its account, and the additional roles, each once. */
export function assignStorageRoles(
  scope: Construct,
  extra: readonly StorageRole[],
  accountId: string,
  principalId: string,
): RoleAssignment[] {
  requireList(scope, "extraStorageRoles", extra, "extraStorageRoles: [StorageRole.QUEUE_DATA_CONTRIBUTOR]");
  const names = new Set(["Storage Blob Data Owner", ...extra.map((role) => checkedStorageRole(scope, role)._roleName)]);
  const roles = new Construct(scope, "StorageRoles");
  return [...names].map((name) => {
    requireLiteral(scope, "The name of a storage role", name);
    return assignRole(roles, kebabCase(name), { name, on: accountId, to: principalId });
  });
}

function checkedStorageRole(scope: Construct, role: StorageRole): StorageRole {
  return requireGiven(scope, role, {
    name: "an entry of extraStorageRoles",
    has: ["_roleName"],
    example: "StorageRole.QUEUE_DATA_CONTRIBUTOR, or what StorageRole.of returns",
  });
}

/** What to write on a provider: also the cloud, because a provider without it is for the public one. */
function providerSettings(used: TerraformProvider): string {
  const settings = "features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true";
  const given = givenEnvironment(used);
  const cloud = cloudOf(used);
  const environment = given === undefined || isToken(given) || cloudOfEnvironment(given) !== cloud ? cloud : given;
  return environment === "public" ? settings : `environment: "${environment}", ${settings}`;
}

function missingProviderSettings(used?: TerraformProvider): string[] {
  // Without an azurerm provider, cdktf reports what to add.
  if (!used || usesStorageByIdentity(used)) return [];
  const settings = providerSettings(used);
  return [
    finding(
      "provider-uses-storage-keys",
      `The azurerm provider "${used.node.path}" uses shared keys to reach the storage account of a function app, but the account has none.`,
      `Write new AzurermProvider(this, "azurerm", { ${settings} }). If other storage accounts of the stack need the data plane ` +
        `(queue properties, static websites), keep that provider and give this account another one: ` +
        `storageProvider: new AzurermProvider(this, "azurerm-storage", { alias: "storage", ${settings} }).`,
    ),
  ];
}

function defaultAzurermProvider(scope: Construct): TerraformProvider | undefined {
  return providersIn(TerraformStack.of(scope), "azurerm").find(({ alias }) => !alias);
}

/** A value that only Terraform knows counts as the right one. */
function usesStorageByIdentity(provider: TerraformProvider): boolean {
  const rendered: Rendered = provider.toTerraform().provider.azurerm[0];
  const dataPlane = rendered.features?.[0]?.storage?.[0]?.data_plane_available;
  const off = dataPlane !== undefined && dataPlane !== true;
  const byEntra = rendered.storage_use_azuread !== undefined && rendered.storage_use_azuread !== false;
  return off && byEntra;
}

/**
 * A role of a function app on its storage account that its triggers and bindings need, in addition to
 * `Storage Blob Data Owner`, which the host requires and every function app gets.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
 */
export class StorageRole {
  /** For queue triggers and bindings. */
  public static readonly QUEUE_DATA_CONTRIBUTOR = new StorageRole("Storage Queue Data Contributor");
  /** For table bindings, and for the diagnostic events of the host. */
  public static readonly TABLE_DATA_CONTRIBUTOR = new StorageRole("Storage Table Data Contributor");
  /** For blob triggers, which keep receipts in blobs and work items in queues. */
  public static readonly ACCOUNT_CONTRIBUTOR = new StorageRole("Storage Account Contributor");

  /**
   * A built-in or custom role.
   *
   * @param roleName name of the role, a plain string
   */
  public static of(roleName: string): StorageRole {
    return new StorageRole(roleName);
  }

  private constructor(private readonly roleName: string) {}

  /** @internal */
  public get _roleName(): string {
    return this.roleName;
  }
}
