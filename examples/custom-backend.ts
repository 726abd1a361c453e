import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  AppRegistration,
  Audience,
  BackendBindOptions,
  BackendConfig,
  IApimBackend,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** A service in a Kubernetes cluster, behind an ingress that checks Entra tokens and routes by a header. */
class ClusterService implements IApimBackend {
  /** Messages name the backend by this. */
  public readonly factory = "new ClusterService";

  constructor(
    private readonly ingressHost: string,
    private readonly service: string,
  ) {}

  public bind(scope: Construct, _options: BackendBindOptions): BackendConfig {
    // Represents the service in Entra ID. The gateway gets access to it after this.
    const registration = new AppRegistration(scope, "Registration");
    // The audience that the ingress must require. Create here what the service consists of.
    new TerraformOutput(scope, "AllowedAudience", { value: registration.clientId });
    return {
      url: `https://${this.ingressHost}`,
      audience: Audience.registration(registration),
      policy: PolicyDocument.of(PolicyStatement.setHeader("X-Service", PolicyValue.literal(this.service))),
      // Resources that must exist before the gateway's first call.
      dependencies: [],
    };
  }
}

/** A kind of backend that the library does not have. */
export class CustomBackend extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-custom-backend`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: new ClusterService("cluster.contoso.com", "orders"),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
