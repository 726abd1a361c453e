import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { CognitiveAccount } from "@cdktf/provider-azurerm/lib/cognitive-account";
import { CognitiveDeployment } from "@cdktf/provider-azurerm/lib/cognitive-deployment";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { ApimGateway, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";

/** Azure OpenAI without a key: consumers have a subscription key of the gateway, and the gateway has a role. */
export class AzureOpenAi extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-azure-openai`,
      location: location.stringValue,
    });
    const { subscriptionId } = new DataAzurermClientConfig(this, "Client");
    const unique = Fn.substr(Fn.sha256(Fn.join("/", [subscriptionId, resourceGroup.name])), 0, 10);

    const account = new CognitiveAccount(this, "Models", {
      name: `models-${unique}`,
      resourceGroupName: resourceGroup.name,
      location: resourceGroup.location,
      kind: "OpenAI",
      skuName: "S0",
      customSubdomainName: `models-${unique}`,
      localAuthEnabled: false,
    });
    new CognitiveDeployment(this, "Chat", {
      name: "chat",
      cognitiveAccountId: account.id,
      model: { format: "OpenAI", name: "gpt-4.1-mini", version: "2025-04-14" },
      sku: { name: "GlobalStandard", capacity: 10 },
      // Azure sets this policy anyway, and azurerm 4.55 would plan to remove it each time.
      raiPolicyName: "Microsoft.DefaultV2",
    });

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    // POST <api_url>/deployments/chat/chat/completions?api-version=2024-10-21
    const models = new SecureApimBackend(this, "ModelsApi", {
      gateway,
      backend: Backend.azureOpenAi(account),
    });

    new TerraformOutput(this, "api_url", { value: models.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: models.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
