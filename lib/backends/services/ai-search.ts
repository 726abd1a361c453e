import { requireAttributes } from "../../core/given";
import { AzureRole } from "../../azure/azure-role";
import { serviceUrl, tokenResourceIn } from "../../azure/clouds/addresses";
import { checkRendered, warnOfLocalKeys } from "../../azure/user-resource";
import { finding } from "../../core/fail";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/set-header";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/**
 * See `Backend.aiSearch`. The service rejects requests without `api-version`; one that the consumer sends is kept.
 *
 * @see https://learn.microsoft.com/azure/search/search-security-rbac
 */
export function aiSearch(service: ISearchServiceRef, options?: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.aiSearch", options, {
    url: (scope) => serviceUrl(scope, service.name, "aiSearch"),
    tokenResource: (scope) => tokenResourceIn(scope, "aiSearch"),
    resource: service,
    role: AzureRole.SEARCH_INDEX_DATA_READER,
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
      const keys = { azurerm_search_service: { local_authentication_enabled: false } };
      const resource = warnOfLocalKeys(scope, service, notChecked, keys);
      if (!resource) return;
      // A service that accepts keys accepts tokens only with an authentication failure mode.
      checkRendered(scope, resource, ({ local_authentication_enabled: keys, authentication_failure_mode: mode }) => {
        if ((keys ?? true) !== true || mode !== undefined) return undefined;
        return finding(
          "search-accepts-keys-only",
          `Search service "${resource.node.path}" accepts API keys only.`,
          "Set localAuthenticationEnabled: false on it. " +
            'If other clients still need keys, set authenticationFailureMode: "http401WithBearerChallenge".',
        );
      });
    },
  });
}

/** An AI Search service: a `SearchService` or `DataAzurermSearchService`, or `SearchServiceRef.fromAttributes`. */
export interface ISearchServiceRef {
  /** Azure resource ID of the service. */
  readonly id: string;

  /** Name of the service: the first part of its address. */
  readonly name: string;
}

/** Attributes of an AI Search service. */
export interface SearchServiceRefAttributes {
  /** Azure resource ID of the service. */
  readonly id: string;

  /** Name of the service: the first part of its address. */
  readonly name: string;
}

/** An AI Search service by its attributes. */
export class SearchServiceRef implements ISearchServiceRef {
  /** For one that this app does not declare. Its settings cannot be checked, and a warning at synth says which. */
  public static fromAttributes(attributes: SearchServiceRefAttributes): ISearchServiceRef {
    const { id, name } = requireAttributes("SearchServiceRef", attributes, ["id", "name"]);
    return new SearchServiceRef(id, name);
  }

  private constructor(
    public readonly id: string,
    public readonly name: string,
  ) {}
}
