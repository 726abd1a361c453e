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
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** An API with the operations of an OpenAPI document: path, title and description are the document's too. */
export class OpenApi extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-open-api`,
      location: location.stringValue,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });

    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      surface: ApiSurface.openApiFile(join(__dirname, "open-api", "orders.yaml")),
      operationPolicies: [{ operationId: "check-out", policy: PolicyDocument.of(PolicyStatement.rateLimit(10, 60)) }],
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
