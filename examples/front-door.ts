import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  AppRuntime,
  Backend,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** An API that consumers call through your Azure Front Door only: the gateway answers 403 to calls that did not come through it. */
export class FrontDoor extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const frontDoorId = new TerraformVariable(this, "front_door_id", {
      type: "string",
      description:
        "Front Door ID of the profile that calls the gateway: resource_guid of azurerm_cdn_frontdoor_profile",
    });

    // The storage account of the function app has no keys, so azurerm must use Entra ID.
    new AzurermProvider(this, "azurerm", {
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-front-door`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.functionApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      policy: PolicyDocument.of(
        PolicyStatement.requireHeader({
          name: "X-Azure-FDID",
          values: [PolicyValue.literal(frontDoorId.stringValue)],
        }),
      ),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
