import { IOpenAiAccountRef } from "../../azure/refs/open-ai-account";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { keepConditions } from "../../core/guards";
import { userResource } from "../../azure/user-resource";
import { renderedAttributes } from "../../core/rendered";
import { asArgument, isToken } from "../../core/tokens";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statements";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { endpointUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";
import { fail, finding } from "../../core/fail";

/** The address that all accounts of a region share which have no custom subdomain. */
const REGIONAL_DOMAIN = ".api.cognitive.microsoft.com";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_auth_enabled", closed: false, property: "localAuthEnabled: false" },
];
const LOCAL_KEYS_OF_AI_SERVICES: readonly OpenSetting[] = [
  { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
];

/** See `Backend.azureOpenAi`. */
export function azureOpenAi(account: IOpenAiAccountRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.azureOpenAi", {
    url: (scope) => {
      if (!isToken(account.endpoint) && endpointUrl(account.endpoint).endsWith(REGIONAL_DOMAIN)) {
        fail(
          scope,
          "regional-open-ai-endpoint",
          `The endpoint "${account.endpoint}" is shared by the accounts of a region that have no custom subdomain, and takes no Entra ` +
            `tokens. Give the account a custom subdomain, and write its endpoint, such as "https://contoso.openai.azure.com/".`,
        );
      }
      return `${endpointUrl(account.endpoint)}/openai`;
    },
    tokenResource: "https://cognitiveservices.azure.com",
    resource: account,
    role: options.role ?? AzureRole.COGNITIVE_SERVICES_OPENAI_USER,
    roleScope: options.roleScope,
    // A key decides before the token does where a request brings both.
    policy: PolicyDocument.of(
      PolicyStatement.removeHeader("api-key"),
      PolicyStatement.removeHeader("Ocp-Apim-Subscription-Key"),
    ),
    inspect: (scope, assignment) => inspect(scope, account, assignment),
  });
}

/** What can be said of your own object is said at synth; of an account that another state owns, Terraform says it. */
function inspect(scope: Construct, account: IOpenAiAccountRef, assignment: RoleAssignment | undefined): void {
  const own = userResource(account, "azurerm_cognitive_account", "azurerm_ai_services");
  if (own) {
    const isAiServices = own.terraformResourceType === "azurerm_ai_services";
    warnOfLocalKeys(own, isAiServices ? LOCAL_KEYS_OF_AI_SERVICES : LOCAL_KEYS);
    scope.node.addValidation({
      validate: () =>
        renderedAttributes(own).custom_subdomain_name === undefined
          ? [
              finding(
                "open-ai-without-subdomain",
                `The account "${own.node.path}" has no custom subdomain, and takes no Entra tokens. Write customSubdomainName: "..." on it, a ` +
                  `name that nobody else in Azure has. Azure cannot change it later.`,
              ),
            ]
          : [],
    });
  } else if (assignment && isToken(account.endpoint)) {
    const endpoint = Fn.trimsuffix(asArgument(account.endpoint), "/");
    assignment.lifecycle ??= {
      precondition: [
        {
          condition: `\${!${Fn.endswith(endpoint, REGIONAL_DOMAIN)}}`,
          errorMessage: finding(
            "open-ai-without-subdomain-at-plan",
            "The Azure OpenAI account has no custom subdomain, and takes no Entra tokens. Give it one: " +
              "az cognitiveservices account update --custom-domain <name>.",
          ),
        },
      ],
    };
    keepConditions(assignment);
  }
}
