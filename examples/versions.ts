import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApiSurface,
  ApiVersionSet,
  AppRuntime,
  Backend,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** Two versions of an API side by side, `/orders/v1` and `/orders/v2`, each with an app of its own. */
export class Versions extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-versions`,
      location: location.stringValue,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });

    const versionSet = new ApiVersionSet(this, "Orders", { gateway });
    const v1 = new SecureApimBackend(this, "OrdersV1", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("20") }),
      surface: ApiSurface.wildcard({ version: { versionSet, name: "v1" } }),
    });
    const v2 = new SecureApimBackend(this, "OrdersV2", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      surface: ApiSurface.wildcard({ version: { versionSet, name: "v2" } }),
    });

    new TerraformOutput(this, "api_url", { value: v2.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: v2.backendUrl, staticId: true });
    new TerraformOutput(this, "v1_api_url", { value: v1.apiUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
