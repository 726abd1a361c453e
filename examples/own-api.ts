import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, ApiSurface, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A SOAP API that you declared yourself, whose backend is an app that admits nobody but the gateway. */
export class OwnApiStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-own-api`,
      location: location.stringValue,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const stockApi = new ApiManagementApi(this, "StockApi", {
      name: "stock",
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      revision: "1",
      apiType: "soap",
      displayName: "Stock",
      path: "stock",
      protocols: ["https"],
      import: { contentFormat: "wsdl-link", contentValue: "https://contoso.com/stock.wsdl" },
    });

    const stock = new SecureApimBackend(this, "Stock", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.java("21") }),
      surface: ApiSurface.fromApi(stockApi),
    });

    new TerraformOutput(this, "api_url", { value: stock.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: stock.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
