import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApimGateway,
  AppRegistration,
  AppRuntime,
  Backend,
  Caller,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** Another team creates everything in Entra ID. Synth writes the request for it, and the stack needs no azuread provider. */
export class EntraRequestStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    // What the identity team sends back. Synth does not need it.
    const clientId = new TerraformVariable(this, "orders_client_id", {
      type: "string",
      description: "Application (client) ID of the app registration Contoso Orders",
    });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-entra-request`,
      location: location.stringValue,
    });

    const registration = AppRegistration.fromRequest(this, "Registration", {
      reason: "the identity team creates all registrations, see ticket 4711",
      displayName: "Contoso Orders",
      clientId: clientId.stringValue,
    });
    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22"), registration }),
    });

    // A job that calls the app directly needs the role as well.
    const job = new UserAssignedIdentity(this, "NightlyJob", {
      name: `${prefix.stringValue}-nightly-job`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
    });
    registration.grantInvoke(Caller.managedIdentity(job));

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
