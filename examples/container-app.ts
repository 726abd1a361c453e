import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A container app in an environment of its own. The azapi provider, which sets its sign-in, comes into the stack by itself. */
export class ContainerAppStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-container-app`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const hello = new SecureApimBackend(this, "Hello", {
      gateway,
      backend: Backend.containerApp({
        resourceGroup,
        image: "mcr.microsoft.com/k8se/quickstart:latest",
        targetPort: 80,
      }),
    });

    new TerraformOutput(this, "api_url", { value: hello.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: hello.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
