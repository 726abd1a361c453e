import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import {
  ApimGateway,
  ApimNamedValue,
  ApimSecurityRules,
  Backend,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  SignIn,
} from "cdktf-secure-apim-backend";

const REASON = "jobs of the warehouse call with a key until 2027-03-31, ADR 31";

/** What differs between the phases. */
interface Phase {
  /** Whether requests without a token reach the app. */
  readonly signIn: SignIn;
  /** Whether the gateway sends the function key. */
  readonly sendsKey: boolean;
}

/**
 * A function app that is called with a function key, by the gateway and by others. It moves to the gateway's identity in four applies,
 * between which you change one line. Here, each phase is a stack.
 */
class KeyMigration extends TerraformStack {
  constructor(scope: Construct, id: string, { signIn, sendsKey }: Phase) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const [apimName, apimResourceGroup, vaultName, vaultGroup] = [
      "apim_name",
      "apim_resource_group",
      "key_vault_name",
      "key_vault_resource_group",
    ].map((variable) => new TerraformVariable(this, variable, { type: "string" }).stringValue);

    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-key-migration`,
      location: location.stringValue,
    });
    const app = ordersApp(this, resourceGroup, prefix.stringValue);

    const gateway = ApimGateway.fromLookup(this, "Gateway", { apimName, resourceGroupName: apimResourceGroup });
    // It goes by roles, and has a secret `orders-function-key`.
    const vault = new DataAzurermKeyVault(this, "Vault", { name: vaultName, resourceGroupName: vaultGroup });
    const key = new ApimNamedValue(this, "OrdersKey", {
      gateway,
      value: NamedValueContent.keyVaultSecret(vault, "orders-function-key"),
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.fromLinuxFunctionApp(app, { signIn }),
      policy: sendsKey
        ? PolicyDocument.of(PolicyStatement.setHeader("x-functions-key", key.policyValue))
        : PolicyDocument.EMPTY,
    });
    if (sendsKey) ApimSecurityRules.acknowledge(orders, { rule: "key-instead-of-identity", reason: REASON });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}

/** 1. The gateway is granted access. It calls with the key, as everyone does. */
export class AcceptBoth extends KeyMigration {
  constructor(scope: Construct, id: string) {
    super(scope, id, { signIn: SignIn.acceptBoth(REASON), sendsKey: true });
  }
}

/** 2. The gateway calls with its token, and with the key that the functions still ask for. Others call with the key. */
export class PreferIdentity extends KeyMigration {
  constructor(scope: Construct, id: string) {
    super(scope, id, { signIn: SignIn.preferIdentity(REASON), sendsKey: true });
  }
}

/** 3. A key without a token gets nobody in. Now the functions are deployed with the authorization level `anonymous`. */
export class RefuseKey extends KeyMigration {
  constructor(scope: Construct, id: string) {
    super(scope, id, { signIn: SignIn.REQUIRED, sendsKey: true });
  }
}

/** 4. The gateway no longer sends the key. */
export class RemoveKey extends KeyMigration {
  constructor(scope: Construct, id: string) {
    super(scope, id, { signIn: SignIn.REQUIRED, sendsKey: false });
  }
}

/** The app as it is today, without a sign-in. */
function ordersApp(stack: TerraformStack, resourceGroup: ResourceGroup, prefix: string): LinuxFunctionApp {
  // The app and its storage account need names that nobody else in Azure has.
  const { subscriptionId } = new DataAzurermClientConfig(stack, "Client");
  const unique = Fn.substr(Fn.sha256(Fn.join("/", [subscriptionId, resourceGroup.name])), 0, 10);
  const here = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };
  const storage = new StorageAccount(stack, "Storage", {
    ...here,
    name: `orders${unique}`,
    accountTier: "Standard",
    accountReplicationType: "ZRS",
    sharedAccessKeyEnabled: false,
    allowNestedItemsToBePublic: false,
  });
  const plan = new ServicePlan(stack, "Plan", { ...here, name: `${prefix}-orders`, osType: "Linux", skuName: "P0v3" });
  const app = new LinuxFunctionApp(stack, "OrdersApp", {
    ...here,
    name: `orders-${unique}`,
    servicePlanId: plan.id,
    storageAccountName: storage.name,
    storageUsesManagedIdentity: true,
    identity: { type: "SystemAssigned" },
    httpsOnly: true,
    ftpPublishBasicAuthenticationEnabled: false,
    webdeployPublishBasicAuthenticationEnabled: false,
    siteConfig: { alwaysOn: true, applicationStack: { nodeVersion: "22" } },
  });
  new RoleAssignment(stack, "StorageRole", {
    scope: storage.id,
    roleDefinitionName: "Storage Blob Data Owner",
    principalId: app.identity.principalId,
    principalType: "ServicePrincipal",
  });
  return app;
}
