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
  HttpMethod,
  SecureApimBackend,
  UrlParameterType,
} from "cdktf-secure-apim-backend";

/** An API with the operations that are listed here, and no others. */
export class Operations extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-operations`,
      location: location.stringValue,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });

    const orderId = { name: "id", type: UrlParameterType.INTEGER, description: "Number of the order" };
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.python("3.12") }),
      surface: ApiSurface.operations([
        { method: HttpMethod.GET, urlTemplate: "/orders", displayName: "List orders" },
        { method: HttpMethod.POST, urlTemplate: "/orders", displayName: "Place an order" },
        { method: HttpMethod.GET, urlTemplate: "/orders/{id}", displayName: "Show an order", parameters: [orderId] },
        { method: HttpMethod.GET, urlTemplate: "/files/{*path}", displayName: "Download a file" },
      ]),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
