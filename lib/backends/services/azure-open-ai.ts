import { requireAttributes } from "../../core/given";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { AzureRole } from "../../azure/azure-role";
import { serviceIn, tokenResourceIn } from "../../azure/clouds/addresses";
import { endpointUrl } from "../../azure/endpoint";
import { checkRendered, warnOfLocalKeys } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { requireAtPlan } from "../../core/guard";
import { asArgument, isToken } from "../../core/tokens";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { AzureService, AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/** The shared domain of a region's accounts without a custom subdomain. */
function regionalDomain(scope: Construct): string {
  return `.${serviceIn(scope, "aiServices").domains.find((domain) => domain.startsWith("api.cognitive."))}`;
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
    inspect: (scope, assignment) => inspectAccount(scope, account, assignment),
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
  if (endpoint.endsWith(regionalDomain(scope)))
    fail(
      scope,
      "regional-open-ai-endpoint",
      `The endpoint "${account.endpoint}" belongs to accounts without a custom subdomain, which do not accept Entra tokens.`,
      'Give the account a custom subdomain, and write its endpoint, such as "https://contoso.openai.azure.com/".',
    );
  return endpoint;
}

/** Checks that the account accepts tokens, and warns if it accepts keys. */
export function inspectAccount(
  scope: Construct,
  account: IOpenAiAccountRef,
  assignment: RoleAssignment | undefined,
): void {
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
  else if (assignment && isToken(account.endpoint)) requireSubdomainAtPlan(assignment, account.endpoint);
}

/** Only Terraform knows the endpoint of an account in another state. APIs can share the assignment, which checks it once. */
function requireSubdomainAtPlan(assignment: RoleAssignment, accountEndpoint: string): void {
  const endpoint = Fn.trimsuffix(asArgument(accountEndpoint), "/");
  const errorMessage = finding(
    "open-ai-subdomain-at-plan",
    "The Azure OpenAI account has no custom subdomain, so it does not accept Entra tokens.",
    "Run az cognitiveservices account update --custom-domain <name>.",
  );
  if (assignment.lifecycle?.precondition?.some((each) => each.errorMessage === errorMessage)) return;
  requireAtPlan(assignment, [{ condition: `\${!${Fn.endswith(endpoint, regionalDomain(assignment))}}`, errorMessage }]);
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
