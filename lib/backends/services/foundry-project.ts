import { Fn, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { AzureRole } from "../../azure/azure-role";
import { checkRendered } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { requireText } from "../../core/given";
import { asArgument, isToken } from "../../core/tokens";
import { PropertyNames, requireOnly } from "../../core/property-names";
import {
  accountUrl,
  foundryTokenResource,
  inspectAccount,
  IOpenAiAccountRef,
  subdomainConditions,
  withoutKeys,
} from "./azure-open-ai";
import { AzureServiceBackend, IAzureServiceBackend } from "./azure-service";

/** How the gateway gets access to a Foundry project. */
export interface FoundryProjectOptions {
  /**
   * The role that the gateway's identity gets. Every built-in role for projects, such as Foundry User (before: Azure AI User), also reads
   * the keys of the account, so it is an error. Write a custom role with the data actions that consumers need, such as
   * `Microsoft.CognitiveServices/accounts/AIServices/agents/*`, or `AzureRole.managedElsewhere`.
   *
   * @see https://learn.microsoft.com/azure/foundry/concepts/rbac-foundry
   */
  readonly role: AzureRole;

  /**
   * Azure resource ID that the role is assigned on, such as the `id` of your `CognitiveAccountProject`.
   *
   * @default - the whole account
   */
  readonly roleScope?: string;
}

/** The names of its properties. */
const FOUNDRY_PROJECT_OPTIONS: PropertyNames<FoundryProjectOptions> = { role: true, roleScope: true };

/** See `Backend.foundryProject`. */
export function foundryProject(
  account: IOpenAiAccountRef,
  projectName: string,
  options: FoundryProjectOptions,
): IAzureServiceBackend {
  const factory = "Backend.foundryProject";
  requireOnly(factory, factory, options, {
    names: FOUNDRY_PROJECT_OPTIONS,
    example: `${factory}(account, "orders", { role: AzureRole.of("...") })`,
  });
  return new AzureServiceBackend(factory, options, {
    url: (scope) => `${foundryUrl(scope, account)}/api/projects/${checkedProject(scope, projectName)}`,
    tokenResource: foundryTokenResource,
    resource: account,
    role: options.role,
    policy: withoutKeys(),
    streams: true,
    inspect: (scope) => {
      inspectAccount(scope, account);
      checkKind(scope, account);
    },
    conditions: (scope) => subdomainConditions(scope, account),
  });
}

/** @see https://learn.microsoft.com/azure/foundry/how-to/create-projects */
function checkKind(scope: Construct, account: IOpenAiAccountRef): void {
  if (!TerraformResource.isTerraformResource(account)) return;
  if (account.terraformResourceType !== "azurerm_cognitive_account") return;
  checkRendered(scope, account, ({ kind }) =>
    typeof kind !== "string" || isToken(kind) || kind === "AIServices"
      ? undefined
      : finding(
          "foundry-account-kind",
          `The account "${account.node.path}" is of kind "${kind}", which has no Foundry projects.`,
          'Set kind: "AIServices" and projectManagementEnabled: true on it. For its models only, write Backend.azureOpenAiV1(account).',
        ),
  );
}

/** The hosts of an account that serve its models. Projects are at another one. */
const MODELS_HOST = /[.](?:cognitiveservices|openai)[.]/;

/** The address of the account at which its projects are: `<subdomain>.services.ai.azure.com`. */
function foundryUrl(scope: Construct, account: IOpenAiAccountRef): string {
  const url = accountUrl(scope, account);
  return isToken(url)
    ? Fn.replace(asArgument(url), `/${MODELS_HOST.source}/`, ".services.ai.")
    : url.replace(MODELS_HOST, ".services.ai.");
}

function checkedProject(scope: Construct, name: string): string {
  requireText(scope, "name of the Foundry project", name, 'the name, such as "orders"');
  if (!isToken(name) && !/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(name))
    fail(
      scope,
      "invalid-foundry-project",
      `"${name}" is not the name of a Foundry project.`,
      "Write only the name, without the address: letters, digits, _ . and hyphens, with a letter or a digit first.",
    );
  return name;
}
