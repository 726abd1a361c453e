import { requireAttributes } from "../../core/given";
import { Fn } from "cdktf";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { AzureRole } from "../../azure/azure-role";
import { endpointUrl } from "../../azure/endpoint";
import { checkRendered, warnOfLocalKeys } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { requireAtPlan } from "../../core/guard";
import { asArgument, isToken } from "../../core/tokens";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/** The shared domain of a region's accounts without a custom subdomain. */
const REGIONAL_DOMAIN = ".api.cognitive.microsoft.com";

const LOCAL_KEYS = {
  azurerm_cognitive_account: { local_auth_enabled: false },
  azurerm_ai_services: { local_authentication_enabled: false },
};

/** See `Backend.azureOpenAi`. */
export function azureOpenAi(account: IOpenAiAccountRef, options?: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.azureOpenAi", options, {
    url: (scope) => {
      const endpoint = endpointUrl(scope, account.endpoint);
      if (!isToken(account.endpoint) && endpoint.endsWith(REGIONAL_DOMAIN))
        fail(
          scope,
          "regional-open-ai-endpoint",
          `The endpoint "${account.endpoint}" belongs to accounts without a custom subdomain, which do not accept Entra tokens.`,
          'Give the account a custom subdomain, and write its endpoint, such as "https://contoso.openai.azure.com/".',
        );
      return `${endpoint}/openai`;
    },
    tokenResource: "https://cognitiveservices.azure.com",
    resource: account,
    role: AzureRole.COGNITIVE_SERVICES_OPENAI_USER,
    // In a request with a key and a token, the key decides.
    policy: PolicyDocument.of(
      PolicyStatement.removeHeader("api-key"),
      PolicyStatement.removeHeader("Ocp-Apim-Subscription-Key"),
    ),
    inspect: (scope, assignment) => {
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
    },
  });
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
  requireAtPlan(assignment, [{ condition: `\${!${Fn.endswith(endpoint, REGIONAL_DOMAIN)}}`, errorMessage }]);
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
