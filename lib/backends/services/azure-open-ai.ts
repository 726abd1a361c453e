import { Fn, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { AzureRole } from "../../azure/azure-role";
import { endpointUrl } from "../../azure/endpoint";
import { OpenSetting, warnOfLocalKeys } from "../../azure/open-settings";
import { IOpenAiAccountRef } from "../../azure/refs/open-ai-account";
import { inspectable } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { guard } from "../../core/guard";
import { renderedAttributes } from "../../core/rendered";
import { asArgument, isToken } from "../../core/tokens";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/** The shared domain of a region's accounts without a custom subdomain. */
const REGIONAL_DOMAIN = ".api.cognitive.microsoft.com";

const LOCAL_KEYS: Readonly<Record<string, readonly OpenSetting[]>> = {
  azurerm_cognitive_account: [{ attribute: "local_auth_enabled", closed: false, property: "localAuthEnabled: false" }],
  azurerm_ai_services: [
    { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
  ],
};

/** See `Backend.azureOpenAi`. */
export function azureOpenAi(account: IOpenAiAccountRef, options: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.azureOpenAi", {
    url: (scope) => {
      if (!isToken(account.endpoint) && endpointUrl(account.endpoint).endsWith(REGIONAL_DOMAIN))
        fail(
          scope,
          "regional-open-ai-endpoint",
          `The endpoint "${account.endpoint}" belongs to accounts without a custom subdomain, which do not accept Entra tokens.`,
          'Give the account a custom subdomain, and write its endpoint, such as "https://contoso.openai.azure.com/".',
        );
      return `${endpointUrl(account.endpoint)}/openai`;
    },
    tokenResource: "https://cognitiveservices.azure.com",
    resource: account,
    role: options.role ?? AzureRole.COGNITIVE_SERVICES_OPENAI_USER,
    roleScope: options.roleScope,
    // In a request with a key and a token, the key decides.
    policy: PolicyDocument.of(
      PolicyStatement.removeHeader("api-key"),
      PolicyStatement.removeHeader("Ocp-Apim-Subscription-Key"),
    ),
    inspect: (scope, assignment) => {
      const notChecked = "whether the Azure OpenAI account rejects keys";
      const resource = inspectable(scope, account, Object.keys(LOCAL_KEYS), notChecked);
      if (resource) {
        warnOfLocalKeys(resource, LOCAL_KEYS[resource.terraformResourceType]);
        requireSubdomain(scope, resource);
      } else if (assignment && isToken(account.endpoint)) requireSubdomainAtPlan(assignment, account.endpoint);
    },
  });
}

function requireSubdomain(scope: Construct, resource: TerraformResource): void {
  scope.node.addValidation({
    validate: () => {
      if (renderedAttributes(resource).custom_subdomain_name !== undefined) return [];
      return [
        finding(
          "open-ai-without-subdomain",
          `Azure OpenAI account "${resource.node.path}" has no custom subdomain, so it does not accept Entra tokens.`,
          'Set customSubdomainName: "..." on it, to a name that is unique in Azure. It cannot be changed later.',
        ),
      ];
    },
  });
}

/** Only Terraform knows the endpoint of an account in another state. */
function requireSubdomainAtPlan(assignment: RoleAssignment, accountEndpoint: string): void {
  const endpoint = Fn.trimsuffix(asArgument(accountEndpoint), "/");
  assignment.lifecycle ??= {
    precondition: [
      {
        condition: `\${!${Fn.endswith(endpoint, REGIONAL_DOMAIN)}}`,
        errorMessage: finding(
          "open-ai-subdomain-at-plan",
          "The Azure OpenAI account has no custom subdomain, so it does not accept Entra tokens.",
          "Run az cognitiveservices account update --custom-domain <name>.",
        ),
      },
    ],
  };
  guard(assignment);
}
