import { join } from "path";
import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApimSku,
  AppRuntime,
  Backend,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** A policy that has been running for years, taken over as it stands, and secured: consumers bring a token of our tenant too. */
export class MergedPolicy extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const tenantId = new TerraformVariable(this, "consumer_tenant_id", { type: "string" });
    const audience = new TerraformVariable(this, "consumer_audience", { type: "string" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    new AzureadProvider(this, "azuread");
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-merged-policy`,
      location: location.stringValue,
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.BASIC_V2,
    });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.dotnet("8.0") }),
      policy: PolicyDocument.fromFile(join(__dirname, "policies", "orders.xml")).merge(
        PolicyDocument.of(
          PolicyStatement.requireEntraToken({
            tenantId: tenantId.stringValue,
            audiences: [audience.stringValue],
          }),
          PolicyStatement.forwardCallerIdentity(),
        ),
      ),
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
