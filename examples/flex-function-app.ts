import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRuntime, Backend, SecureApimBackend, StorageRole } from "cdktf-secure-apim-backend";

/** A function app on Flex Consumption, which costs nothing while nobody calls it. Each plan shows a change of its app settings. */
export class FlexFunctionApp extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    // The function app's storage account has no keys: azurerm is told to do without them.
    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-flex-function-app`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const thumbnails = new SecureApimBackend(this, "Thumbnails", {
      gateway,
      backend: Backend.flexFunctionApp({
        resourceGroup,
        runtime: AppRuntime.python("3.12"),
        instanceMemoryMegabytes: 512,
        extraStorageRoles: [StorageRole.QUEUE_DATA_CONTRIBUTOR],
      }),
    });

    new TerraformOutput(this, "api_url", { value: thumbnails.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: thumbnails.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
