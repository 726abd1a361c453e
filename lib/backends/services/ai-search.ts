import { ISearchServiceRef } from "../../azure/refs/search-service";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { userResource } from "../../azure/user-resource";
import { renderedAttributes } from "../../core/rendered";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statements";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/exists-action";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { publicCloudUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";
import { finding } from "../../core/fail";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
];

/**
 * See `Backend.aiSearch`. The service refuses requests without `api-version`; a consumer that names one is left to it.
 *
 * @see https://learn.microsoft.com/azure/search/search-security-rbac
 */
export function aiSearch(service: ISearchServiceRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.aiSearch", {
    url: (scope) => publicCloudUrl(scope, service.name, "search.windows.net"),
    tokenResource: "https://search.azure.com",
    resource: service,
    role: options.role ?? AzureRole.SEARCH_INDEX_DATA_READER,
    roleScope: options.roleScope,
    policy: PolicyDocument.of(
      // A key decides before the token does where a request brings both.
      PolicyStatement.removeHeader("api-key"),
      PolicyStatement.removeQueryParameter("api-key"),
      PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("2024-07-01"), {
        existsAction: ExistsAction.SKIP,
      }),
    ),
    inspect: (scope) => {
      const own = userResource(service, "azurerm_search_service");
      if (own) inspect(scope, own);
    },
  });
}

/** A service with keys takes tokens only where it is told how to refuse one. */
function inspect(scope: Construct, own: TerraformResource): void {
  warnOfLocalKeys(own, LOCAL_KEYS);
  scope.node.addValidation({
    validate: () => {
      const { local_authentication_enabled, authentication_failure_mode } = renderedAttributes(own);
      const keysOnly = (local_authentication_enabled ?? true) === true && authentication_failure_mode === undefined;
      return keysOnly
        ? [
            finding(
              "search-takes-keys-alone",
              `The search service "${own.node.path}" takes keys alone. Write localAuthenticationEnabled: false on it; if others still need ` +
                `keys, authenticationFailureMode: "http401WithBearerChallenge".`,
            ),
          ]
        : [];
    },
  });
}
