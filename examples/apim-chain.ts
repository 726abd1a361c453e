import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** A public gateway in front of a team's own: the team's API lets in the public gateway alone, and the app the team's gateway. */
export class ApimChain extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-apim-chain`,
      location: location.stringValue,
    });
    const service = { resourceGroup, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

    const gateway = new ApimGateway(this, "PublicGateway", service);
    const teamGateway = new ApimGateway(this, "TeamGateway", service);

    const orders = new SecureApimBackend(this, "Orders", {
      gateway: teamGateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      callers: { allowed: [gateway] },
    });
    const shop = new SecureApimBackend(this, "Shop", {
      gateway,
      backend: Backend.upstreamApim(orders),
    });

    new TerraformOutput(this, "api_url", { value: shop.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: shop.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
