import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { AzureRole } from "../../azure/azure-role";
import { publicCloudUrl } from "../../azure/endpoint";
import { OpenSetting, warnOfLocalKeys } from "../../azure/open-settings";
import { ISearchServiceRef } from "../../azure/refs/search-service";
import { inspectable } from "../../azure/user-resource";
import { finding } from "../../core/fail";
import { renderedAttributes } from "../../core/rendered";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/exists-action";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
];

/**
 * See `Backend.aiSearch`. The service rejects requests without `api-version`; one that the consumer sends is kept.
 *
 * @see https://learn.microsoft.com/azure/search/search-security-rbac
 */
export function aiSearch(service: ISearchServiceRef, options: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.aiSearch", {
    url: (scope) => publicCloudUrl(scope, service.name, "search.windows.net"),
    tokenResource: "https://search.azure.com",
    resource: service,
    role: options.role ?? AzureRole.SEARCH_INDEX_DATA_READER,
    roleScope: options.roleScope,
    policy: PolicyDocument.of(
      // In a request with a key and a token, the key decides.
      PolicyStatement.removeHeader("api-key"),
      PolicyStatement.removeQueryParameter("api-key"),
      PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("2024-07-01"), {
        existsAction: ExistsAction.SKIP,
      }),
    ),
    inspect: (scope) => {
      const notChecked = "whether the search service accepts tokens and rejects keys";
      const resource = inspectable(scope, service, ["azurerm_search_service"], notChecked);
      if (!resource) return;
      warnOfLocalKeys(resource, LOCAL_KEYS);
      requireTokens(scope, resource);
    },
  });
}

/** A service that accepts keys accepts tokens only with an authentication failure mode. */
function requireTokens(scope: Construct, resource: TerraformResource): void {
  scope.node.addValidation({
    validate: () => {
      const { local_authentication_enabled, authentication_failure_mode } = renderedAttributes(resource);
      const keysOnly = (local_authentication_enabled ?? true) === true && authentication_failure_mode === undefined;
      if (!keysOnly) return [];
      return [
        finding(
          "search-accepts-keys-only",
          `Search service "${resource.node.path}" accepts API keys only.`,
          "Set localAuthenticationEnabled: false on it. " +
            'If other clients still need keys, set authenticationFailureMode: "http401WithBearerChallenge".',
        ),
      ];
    },
  });
}
