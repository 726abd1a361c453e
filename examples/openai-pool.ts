import { Fn, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { CognitiveAccount } from "@cdktf/provider-azurerm/lib/cognitive-account";
import { CognitiveDeployment } from "@cdktf/provider-azurerm/lib/cognitive-deployment";
import { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  ApimGateway,
  ApimSku,
  Backend,
  CircuitBreaker,
  PolicyDocument,
  PolicyStatement,
  PolicyValue,
  RetryInterval,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";

/** Two accounts of Azure OpenAI in two regions: while the first one is busy, the second one answers. */
export class OpenAiPool extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const prefix = new TerraformVariable(this, "name_prefix", { type: "string", default: "contoso" });
    const location = new TerraformVariable(this, "location", { type: "string", default: "westeurope" });
    const otherLocation = new TerraformVariable(this, "other_location", { type: "string", default: "swedencentral" });

    new AzurermProvider(this, "azurerm", { features: [{}] });
    const resourceGroup = new ResourceGroup(this, "ResourceGroup", {
      name: `${prefix.stringValue}-openai-pool`,
      location: location.stringValue,
    });
    const { subscriptionId } = new DataAzurermClientConfig(this, "Client");
    const unique = Fn.substr(Fn.sha256(Fn.join("/", [subscriptionId, resourceGroup.name])), 0, 10);

    // A deployment has the same name in both accounts: consumers send it as the model.
    const accountIn = (name: string, region: string): CognitiveAccount => {
      const account = new CognitiveAccount(this, name, {
        name: `${name.toLowerCase()}-${unique}`,
        resourceGroupName: resourceGroup.name,
        location: region,
        kind: "OpenAI",
        skuName: "S0",
        customSubdomainName: `${name.toLowerCase()}-${unique}`,
        localAuthEnabled: false,
      });
      new CognitiveDeployment(this, `${name}Chat`, {
        name: "chat",
        cognitiveAccountId: account.id,
        model: { format: "OpenAI", name: "gpt-4.1-mini", version: "2025-04-14" },
        sku: { name: "GlobalStandard", capacity: 10 },
        // Azure sets this policy anyway, and azurerm 4.55 would plan to remove it each time.
        raiPolicyName: "Microsoft.DefaultV2",
      });
      return account;
    };
    const first = accountIn("First", location.stringValue);
    const second = accountIn("Second", otherLocation.stringValue);

    const gateway = new ApimGateway(this, "Gateway", {
      resourceGroup,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.BASIC_V2,
    });
    // One answer that says "busy" is enough. The account says in Retry-After how long.
    const circuitBreaker = CircuitBreaker.onFailures(1, {
      intervalSeconds: 10,
      tripSeconds: 10,
      statusCodes: [
        { min: 429, max: 429 },
        { min: 500, max: 599 },
      ],
    });
    // POST <api_url>/chat/completions with "model": "chat"
    const models = new SecureApimBackend(this, "ModelsApi", {
      gateway,
      backend: Backend.pool([
        { name: "first", backend: Backend.azureOpenAiV1(first), priority: 1, circuitBreaker },
        { name: "second", backend: Backend.azureOpenAiV1(second), priority: 2, circuitBreaker },
      ]),
      policy: PolicyDocument.of(
        PolicyStatement.llmTokenLimit({
          counterKey: PolicyValue.expression("context.Subscription.Id"),
          tokensPerMinute: 5000,
        }),
        // The consumer does not see that the first account is busy: the second attempt goes to the other one.
        PolicyStatement.retry({
          count: 1,
          interval: RetryInterval.fixed(1),
          condition: PolicyValue.expression("context.Response.StatusCode == 429 || context.Response.StatusCode >= 500"),
          firstFastRetry: true,
          bufferResponse: false,
        }),
      ),
    });

    new TerraformOutput(this, "api_url", { value: models.apiUrl, staticId: true });
    new TerraformOutput(this, "backend_url", { value: models.backendUrl, staticId: true });
    new TerraformOutput(this, "apim_id", { value: gateway.apimId, staticId: true });
  }
}
