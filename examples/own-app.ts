import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { ApimGateway, ApimSku, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A function app that you declared yourself: its sign-in is set, and nothing else on it. */
export class OwnApp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-own-app`,
      location: location.stringValue,
    });
    // The app and its storage account need names that nobody else in Azure has.
    const { subscriptionId } = new DataAzurermClientConfig(this, "Client");
    const unique = Fn.substr(Fn.sha256(Fn.join("/", [subscriptionId, resourceGroup.name])), 0, 10);
    const here = { resourceGroupName: resourceGroup.name, location: resourceGroup.location };

    const storage = new StorageAccount(this, "Storage", {
      ...here,
      name: `invoices${unique}`,
      accountTier: "Standard",
      accountReplicationType: "ZRS",
      sharedAccessKeyEnabled: false,
      allowNestedItemsToBePublic: false,
    });
    const plan = new ServicePlan(this, "Plan", {
      ...here,
      name: `${prefix.stringValue}-invoices`,
      osType: "Linux",
      skuName: "P0v3",
    });
    const app = new LinuxFunctionApp(this, "Invoices", {
      ...here,
      name: `invoices-${unique}`,
      servicePlanId: plan.id,
      storageAccountName: storage.name,
      storageUsesManagedIdentity: true,
      identity: { type: "SystemAssigned" },
      httpsOnly: true,
      ftpPublishBasicAuthenticationEnabled: false,
      webdeployPublishBasicAuthenticationEnabled: false,
      siteConfig: { alwaysOn: true, applicationStack: { pythonVersion: "3.12" } },
    });
    new RoleAssignment(this, "StorageRole", {
      scope: storage.id,
      roleDefinitionName: "Storage Blob Data Owner",
      principalId: app.identity.principalId,
      principalType: "ServicePrincipal",
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.BASIC_V2,
    });
    const invoices = new SecureApimBackend(this, "InvoicesApi", {
      gateway,
      backend: Backend.fromLinuxFunctionApp(app),
    });

    new TerraformOutput(this, "api_url", { value: invoices.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: invoices.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
