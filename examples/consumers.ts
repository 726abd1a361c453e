import { TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApiDiagnostics,
  ApimGateway,
  ApimLogger,
  ApimNamedValue,
  ApimProduct,
  ApimSku,
  ApimTag,
  AppRuntime,
  Backend,
  NamedValueContent,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  ProductAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** An API for consumers: a product with approved subscriptions, a token, a limit for each, a secret of a key vault, and a log. */
export class Consumers extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const [tenantId, audience, vaultName, vaultGroup] = [
      "consumer_tenant_id",
      "consumer_audience",
      "key_vault_name",
      "key_vault_resource_group",
    ].map((variable) => new TerraformVariable(this, variable, { type: "string" }).stringValue);

    // Azure adds an alert rule for failure anomalies beside Application Insights. Terraform does not know it, and destroy would refuse.
    new AzurermProvider(this, "azurerm", {
      features: [{ resourceGroup: [{ preventDeletionIfContainsResources: false }] }],
    });
    new AzureadProvider(this, "azuread");
    const here = { name: `${prefix.stringValue}-consumers`, location: location.stringValue };
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", here);
    const applicationInsights = new ApplicationInsights(this, "ApplicationInsights", {
      ...here,
      resourceGroupName: resourceGroup.name,
      applicationType: "web",
    });
    // It goes by roles, and has a secret `partner-token`.
    const vault = new DataAzurermKeyVault(this, "Vault", { name: vaultName, resourceGroupName: vaultGroup });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.BASIC_V2,
    });
    const product = new ApimProduct(this, "Partners", { gateway, access: ProductAccess.approvedSubscription(2) });
    const partnerToken = new ApimNamedValue(this, "PartnerToken", {
      gateway,
      value: NamedValueContent.keyVaultSecret(vault, "partner-token"),
    });
    const logger = new ApimLogger(this, "Logger", { gateway, applicationInsights });
    const orders = new SecureApimBackend(this, "Orders", {
      gateway,
      backend: Backend.webApp({ resourceGroup, runtime: AppRuntime.node("22") }),
      products: [product],
      tags: [new ApimTag(this, "Sales", { gateway })],
      policy: PolicyDocument.of(
        PolicyStatement.requireEntraToken({ tenantId, audiences: [audience] }),
        PolicyStatement.forwardCallerIdentity(),
        PolicyStatement.rateLimitByKey({
          calls: 100,
          renewalPeriodSeconds: 60,
          counterKey: PolicyValue.expression("context.Subscription.Id"),
        }),
        PolicyStatement.setHeader("X-Partner-Token", partnerToken.policyValue),
      ),
      diagnostics: [ApiDiagnostics.applicationInsights(logger, { samplingPercentage: 20 })],
    });

    new TerraformOutput(this, "api_url", { value: orders.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: orders.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
