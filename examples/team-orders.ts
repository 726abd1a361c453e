import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { Platform } from "./platform";
import { keepState } from "./state";

/** A team in the platform's app and subscription: its stack takes the gateway as it is, and reads the rest from the platform's state. */
export class TeamOrders extends TerraformStack {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    keepState(this);
    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-team-orders`,
      location: location.stringValue,
    });

    const orders = new SecureApimBackend(this, "Orders", {
      gateway: platform.gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
  }
}
