import type { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { PropertyNames, requireOnly } from "../core/property-names";
import { PolicyDocument } from "../policy/policy-document";
import { ApiOperation } from "./api-operation";
import { ExistingApi, ExistingApiOptions } from "./existing-api";
import { NewApiOptions, PublishedApi } from "./new-api";
import { OpenApiFileOptions, openApiFileSurface } from "./open-api/open-api-file";
import { OpenApiUrlProps, openApiUrlSurface } from "./open-api/open-api-url";
import { operationsSurface } from "./operations";
import { OwnApi, OwnApiOptions } from "./own-api";
import { WildcardApiOptions, wildcardSurface } from "./wildcard";

/** The names of its properties. */
const OWN_API_OPTIONS: PropertyNames<OwnApiOptions> = { operations: true, version: true };

/** The names of its properties. */
const EXISTING_API_OPTIONS: PropertyNames<ExistingApiOptions> = {
  revision: true,
  subscriptionKeyNames: true,
  version: true,
};

/** The names of its properties. */
const NEW_API_OPTIONS: PropertyNames<NewApiOptions> = {
  apiName: true,
  revision: true,
  revisionDescription: true,
  subscriptionKeyNames: true,
  version: true,
  description: true,
  displayName: true,
  path: true,
};

/** The names of its properties. */
const WILDCARD_API_OPTIONS: PropertyNames<WildcardApiOptions> = { ...NEW_API_OPTIONS, methods: true };

/** The names of its properties. */
const OPEN_API_FILE_OPTIONS: PropertyNames<OpenApiFileOptions> = NEW_API_OPTIONS;

/** What consumers see of a backend. */
export class ApiSurface {
  /**
   * All paths, with the methods GET, HEAD, POST, PUT, PATCH and DELETE unless you list others, and with a subscription key.
   * `passThroughOptions(reason)` adds OPTIONS, and `withoutSubscriptionKey(reason)` drops the key.
   */
  public static wildcard(options?: WildcardApiOptions): PublishedApi {
    return wildcardSurface(
      requireOnly("ApiSurface.wildcard", "ApiSurface.wildcard", options ?? {}, {
        names: WILDCARD_API_OPTIONS,
        example: 'ApiSurface.wildcard({ path: "orders" })',
      }),
    );
  }

  /**
   * The operations that you list, and no others, with a subscription key. `withoutSubscriptionKey(reason)` drops the key.
   *
   * @param operations what consumers can call
   * @param options path, name and title of the API
   */
  public static operations(operations: ApiOperation[], options?: NewApiOptions): PublishedApi {
    return operationsSurface(
      operations,
      requireOnly("ApiSurface.operations", "ApiSurface.operations", options ?? {}, {
        names: NEW_API_OPTIONS,
        example: "ApiSurface.operations([...], { path })",
      }),
    );
  }

  /**
   * The operations of an OpenAPI 3.0 or 3.1 document (YAML or JSON) or a Swagger 2.0 document (JSON, or YAML, which is converted to
   * JSON), with a subscription key. `withoutSubscriptionKey(reason)` drops the key.
   *
   * The file is read and checked at synth. What API Management refuses is an error with line and column, and what it ignores is a
   * warning. A TRACE operation is an error, and OPTIONS operations require `passThroughOptions(reason)`. The document's `servers` set only
   * the path: all requests go to the backend. API Management names each operation by its `operationId` in lower case, with hyphens
   * for all but letters and digits.
   *
   * @param file the document in UTF-8, at most 4 MB; relative to the directory in which the app runs
   * @param options what differs from the document
   * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions
   */
  public static openApiFile(file: string, options?: OpenApiFileOptions): PublishedApi {
    return openApiFileSurface(
      file,
      requireOnly("ApiSurface.openApiFile", "ApiSurface.openApiFile", options ?? {}, {
        names: OPEN_API_FILE_OPTIONS,
        example: 'ApiSurface.openApiFile("...", { path })',
      }),
    );
  }

  /**
   * The operations of an OpenAPI or Swagger document that API Management fetches when the API is created and when one of the
   * arguments changes. A change of the document at its address has no effect. With a subscription key;
   * `withoutSubscriptionKey(reason)` drops the key.
   *
   * The document is neither fetched nor checked at synth, so an OPTIONS operation in it, which gets preflight requests instead of
   * a `cors` policy, is not detected. Call `passThroughOptions(reason)` if it has one.
   *
   * @param url `https://` address of the document, which API Management reads without credentials
   * @param props format of the document, and path and title of the API
   */
  public static openApiUrl(url: string, props: OpenApiUrlProps): PublishedApi {
    return openApiUrlSurface(url, props);
  }

  /**
   * An existing API that another state owns. Its paths, operations and products stay as they are: Terraform writes only its
   * policy. Terraform takes over the policy that the API has (with an `import` block, which requires Terraform 1.6 or later) and
   * updates it; `destroy` removes it. The plan fails, with advice, if the API is not as you describe it.
   *
   * Terraform can take over only a policy that exists. After the policy was removed, by `destroy` or by hand, pass
   * `PolicyDocument.EMPTY` as the current policy, and the former one as `policy` of the `SecureApimBackend`.
   *
   * These things cannot be checked at synth:
   *
   * - Policies of its operations: a policy without `<base />` bypasses what is merged. Import an existing policy before you pass
   *   `operationPolicies`.
   * - Its diagnostics: import existing ones before you pass `diagnostics`.
   * - Other revisions: each has its own policy, and stays callable at `;rev=N` while it is online, without what is merged into the
   *   policy of the current one. With `callers`, another online revision is an error at plan.
   * - An OPTIONS operation, which gets preflight requests instead of a `cors` policy.
   *
   * @param apiName name of the API on the gateway without a revision, a plain string
   * @param currentPolicy the policy that the API has now, `PolicyDocument.fromFile(...)`; `PolicyDocument.EMPTY` if it has none. If you
   * do not have it, use a `SecurePolicyFragment`
   * @param options revision, version and subscription key names of the API
   */
  public static existingApi(apiName: string, currentPolicy: PolicyDocument, options?: ExistingApiOptions): ExistingApi {
    return ExistingApi._of(
      apiName,
      currentPolicy,
      requireOnly("ApiSurface.existingApi", "ApiSurface.existingApi", options ?? {}, {
        names: EXISTING_API_OPTIONS,
        example: 'ApiSurface.existingApi("...", policy, { revision })',
      }),
    );
  }

  /**
   * Your `ApiManagementApi` object of this stack, of type HTTP, SOAP or GraphQL, with the operations that you declare or import.
   * Nothing on it is changed: it gets a policy, which sends all requests to the backend, whatever its `serviceUrl`. An API that accepts
   * plain HTTP, requires no subscription key, or has another policy is an error at synth. `withoutSubscriptionKey(reason)` accepts one
   * without a key.
   *
   * An API of another state is an `existingApi`.
   *
   * @param api your object
   * @param options its version and its operations
   */
  public static fromApi(api: ApiManagementApi, options?: OwnApiOptions): OwnApi {
    return OwnApi._of(
      api,
      requireOnly("ApiSurface.fromApi", "ApiSurface.fromApi", options ?? {}, {
        names: OWN_API_OPTIONS,
        example: "ApiSurface.fromApi(api, { version, operations })",
      }),
    );
  }

  private constructor() {}
}
