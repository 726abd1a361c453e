import { requireAttributes } from "../../core/given";
import { Op, Precondition, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { AzureRole } from "../../azure/azure-role";
import { serviceIn, tokenResourceIn } from "../../azure/clouds/addresses";
import { endpointUrl } from "../../azure/endpoint";
import { checkRendered, warnOfLocalKeys } from "../../azure/user-resource";
import { matchesAtPlan } from "../../core/at-plan";
import { conditionMessage, fail, finding } from "../../core/fail";
import { isToken } from "../../core/tokens";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { AzureService, AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/** The addresses that all accounts of a region without a custom subdomain share, for Terraform as well. */
function regionalAddresses(scope: Construct): RegExp {
  const domain = serviceIn(scope, "aiServices").domains.find((each) => each.startsWith("api.cognitive."))!;
  return new RegExp(`^https:[/]{2}[^/?#]*[.]${domain.replace(/[.]/g, "[.]")}[.]?(?:[:/?#]|$)`, "i");
}

const LOCAL_KEYS = {
  azurerm_cognitive_account: { local_auth_enabled: false },
  azurerm_ai_services: { local_authentication_enabled: false },
};

/** How the service is called, below the address of the account. */
interface AccountApi {
  readonly path: string;
  readonly tokenResource: AzureService["tokenResource"];
}

/**
 * See `Backend.azureOpenAi`: the API with a date for a version.
 *
 * @see https://learn.microsoft.com/azure/ai-services/openai/how-to/managed-identity
 */
export function azureOpenAi(account: IOpenAiAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
  const api: AccountApi = { path: "openai", tokenResource: (scope) => tokenResourceIn(scope, "aiServices") };
  return new AzureServiceBackend("Backend.azureOpenAi", options, modelsOf(account, api));
}

/** See `Backend.azureOpenAiV1`. */
export function azureOpenAiV1(account: IOpenAiAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
  const api = { path: "openai/v1", tokenResource: foundryTokenResource };
  return new AzureServiceBackend("Backend.azureOpenAiV1", options, modelsOf(account, api));
}

function modelsOf(account: IOpenAiAccountRef, { path, tokenResource }: AccountApi): AzureService {
  return {
    url: (scope) => `${accountUrl(scope, account)}/${path}`,
    tokenResource,
    resource: account,
    role: AzureRole.COGNITIVE_SERVICES_OPENAI_USER,
    policy: withoutKeys(),
    streams: true,
    inspect: (scope) => inspectAccount(scope, account),
    conditions: (scope) => subdomainConditions(scope, account),
  };
}

/** What consumers could send instead of the token: in a request with a key and a token, the key decides. */
export function withoutKeys(): PolicyDocument {
  return PolicyDocument.of(
    PolicyStatement.removeHeader("api-key"),
    PolicyStatement.removeHeader("Ocp-Apim-Subscription-Key"),
  );
}

/**
 * What tokens for the v1 API and for Foundry projects are requested for.
 *
 * @see https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
 * @see https://github.com/Azure/azure-sdk-for-python/tree/main/sdk/ai/azure-ai-projects
 */
export function foundryTokenResource(scope: Construct): string {
  const host = serviceIn(scope, "aiServices").audiences?.[0];
  if (host === undefined)
    fail(
      scope,
      "foundry-not-in-cloud",
      "Microsoft documents no token resource of Foundry in the cloud of the stack.",
      "Write Backend.azureOpenAi(account) for the API of Azure OpenAI with an api-version.",
    );
  return `https://${host}`;
}

/** The address of the account, which is on a custom subdomain. */
export function accountUrl(scope: Construct, account: IOpenAiAccountRef): string {
  const endpoint = endpointUrl(scope, account.endpoint);
  if (isToken(account.endpoint)) return endpoint;
  const [, host, path] = /^([a-z]+:[/]{2}[^/]*)([/].*)$/i.exec(endpoint) ?? [];
  if (path !== undefined)
    fail(
      scope,
      "open-ai-endpoint-with-path",
      `The endpoint "${account.endpoint}" has the path "${path}", which the factories of Backend add.`,
      `Write the address of the account: "${host}/". For a Foundry project, write Backend.foundryProject(account, "orders", { role }).`,
    );
  if (regionalAddresses(scope).test(endpoint))
    fail(
      scope,
      "regional-open-ai-endpoint",
      `The endpoint "${account.endpoint}" belongs to accounts without a custom subdomain, which do not accept Entra tokens.`,
      'Give the account a custom subdomain, and write its endpoint, such as "https://contoso.openai.azure.com/".',
    );
  return endpoint;
}

/** Whether its attributes are checked at synth. */
function isInspected(account: IOpenAiAccountRef): boolean {
  return TerraformResource.isTerraformResource(account) && account.terraformResourceType in LOCAL_KEYS;
}

/** Checks that the account accepts tokens, and warns if it accepts keys. */
export function inspectAccount(scope: Construct, account: IOpenAiAccountRef): void {
  const resource = warnOfLocalKeys(scope, account, "whether the Azure OpenAI account rejects keys", LOCAL_KEYS);
  if (resource)
    checkRendered(scope, resource, (attributes) => {
      if (attributes.custom_subdomain_name !== undefined) return undefined;
      return finding(
        "open-ai-without-subdomain",
        `Azure OpenAI account "${resource.node.path}" has no custom subdomain, so it does not accept Entra tokens.`,
        'Set customSubdomainName: "..." on it, to a name that is unique in Azure. It cannot be changed later.',
      );
    });
}

/** Only Terraform knows the endpoint of an account in another state. It refuses the regional addresses, as `accountUrl` does. */
export function subdomainConditions(scope: Construct, account: IOpenAiAccountRef): Precondition[] {
  const { endpoint } = account;
  if (!isToken(endpoint) || isInspected(account)) return [];
  return [
    {
      condition: Op.not(matchesAtPlan(endpoint, regionalAddresses(scope))),
      errorMessage: conditionMessage(
        "open-ai-subdomain-at-plan",
        "The Azure OpenAI account has no custom subdomain, so it does not accept Entra tokens.",
        "Run az cognitiveservices account update --custom-domain <name>.",
      ),
    },
  ];
}

/**
 * An Azure OpenAI or AI Services account: a `CognitiveAccount`, `AiServices` or `DataAzurermCognitiveAccount`, or
 * `OpenAiAccountRef.fromAttributes`.
 */
export interface IOpenAiAccountRef {
  /** Azure resource ID of the account. */
  readonly id: string;

  /** `https://` address of the account, on its custom subdomain: Entra ID issues tokens for no other. */
  readonly endpoint: string;
}

/** Attributes of an Azure OpenAI or AI Services account. */
export interface OpenAiAccountRefAttributes {
  /** Azure resource ID of the account. */
  readonly id: string;

  /** `https://` address of the account, on its custom subdomain: Entra ID issues tokens for no other. */
  readonly endpoint: string;
}

/** An Azure OpenAI or AI Services account by its attributes. */
export class OpenAiAccountRef implements IOpenAiAccountRef {
  /** For one that this app does not declare. Its settings cannot be checked, and a warning at synth says which. */
  public static fromAttributes(attributes: OpenAiAccountRefAttributes): IOpenAiAccountRef {
    const { id, endpoint } = requireAttributes("OpenAiAccountRef", attributes, ["id", "endpoint"]);
    return new OpenAiAccountRef(id, endpoint);
  }

  private constructor(
    public readonly id: string,
    public readonly endpoint: string,
  ) {}
}
