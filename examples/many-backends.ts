import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRuntime, AppServicePlan, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** Three kinds of backend behind one gateway, from a loop. */
export class ManyBackends extends TerraformStack {
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
      name: `${prefix.stringValue}-many-backends`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const backends = {
      Orders: Backend.functionApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      Shop: Backend.webApp({
        resourceGroup,
        runtime: AppRuntime.dotnet("8.0"),
        plan: AppServicePlan.dedicated("P0v3"),
      }),
      Search: Backend.containerApp({ resourceGroup, image: "docker.io/library/nginx:1.29", targetPort: 80 }),
    };
    for (const [name, backend] of Object.entries(backends)) {
      const api = new SecureApimBackend(this, name, { gateway, backend });
      new TerraformOutput(this, `${name.toLowerCase()}_url`, { value: api.apiUrl, staticId: true });
    }

    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
