import { join } from "path";
import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApiSurface,
  AppRuntime,
  Backend,
  ConflictResolution,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** An API that somebody else publishes, with a policy of its own, gets a new backend that lets in nobody but the gateway. */
export class ExistingApiStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const apimName = new TerraformVariable(this, "apim_name", { type: "string" });
    const apimResourceGroup = new TerraformVariable(this, "apim_resource_group", { type: "string" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-existing-api`,
      location: location.stringValue,
    });
    const gateway = ApimGateway.fromLookup(this, "Gateway", {
      apimName: apimName.stringValue,
      resourceGroupName: apimResourceGroup.stringValue,
    });

    const currentPolicy = PolicyDocument.fromFile(join(__dirname, "policies", "stock.xml"));
    const stock = new SecureApimBackend(this, "Stock", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      surface: ApiSurface.existingApi("stock", currentPolicy.resolve(ConflictResolution.REPLACE_BACKEND)),
    });

    new TerraformOutput(this, "api_url", { value: stock.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: stock.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
