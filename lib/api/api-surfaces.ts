import { PolicyDocument } from "../policy/policy-document";
import { ExistingApi, ExistingApiOptions } from "./existing-api";
import { NewApiOptions } from "./new-api-options";
import { OpenApiFileApi, OpenApiFileOptions } from "./open-api/open-api-file";
import { OpenApiUrlApi, OpenApiUrlProps } from "./open-api/open-api-url";
import { ApiOperation, OperationsApi } from "./operations";
import { WildcardApi, WildcardApiOptions } from "./wildcard";

/** What consumers see of a backend. */
export class ApiSurface {
  /**
   * All paths, by GET, HEAD, POST, PUT, PATCH and DELETE unless `methods` says otherwise, with a subscription key. OPTIONS only by
   * `passThroughOptions(reason)`, without a key only by `withoutSubscriptionKey(reason)`.
   */
  public static wildcard(props?: WildcardApiOptions): WildcardApi {
    return new WildcardApi(props ?? {});
  }

  /**
   * The operations that you list, and no others, with a subscription key. Without a key only by
   * `withoutSubscriptionKey(reason)`.
   *
   * @param operations what consumers can call
   * @param props how the API is named
   */
  public static operations(operations: ApiOperation[], props?: NewApiOptions): OperationsApi {
    return new OperationsApi(operations, props ?? {});
  }

  /**
   * The operations of an OpenAPI 3.0 or 3.1 document (YAML or JSON) or a Swagger 2.0 document (JSON, or YAML, which is written as
   * JSON), with a subscription key. Without a key only by `withoutSubscriptionKey(reason)`.
   *
   * The file is read and checked at synth: what API Management would refuse is an error with line and column, what it would leave
   * out a warning. Its `servers` give the path, and no more: what is called is the backend. Of the operations API Management makes
   * the names: `operationId` in lower case, with hyphens for all but letters and digits.
   *
   * @param file the document, in UTF-8, of at most 4 MB; relative to the directory the app runs in
   * @param props what is to be other than the document says
   * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions
   */
  public static openApiFile(file: string, props?: OpenApiFileOptions): OpenApiFileApi {
    return new OpenApiFileApi(file, props ?? {});
  }

  /**
   * The operations of an OpenAPI or Swagger document that API Management fetches itself when the API is made, and again whenever one
   * of the arguments changes; no change at the address is seen. Nothing is fetched or checked here: whether it has an OPTIONS
   * operation, which takes preflight requests from a `cors` policy, is not known. With a subscription key; without one only by
   * `withoutSubscriptionKey(reason)`.
   *
   * @param url `https://` address of the document, which API Management reaches without credentials
   * @param props what the document is, and how the API is named
   */
  public static openApiUrl(url: string, props: OpenApiUrlProps): OpenApiUrlApi {
    return new OpenApiUrlApi(url, props);
  }

  /**
   * An API that is there already, and that somebody else publishes: its paths, operations and products stay as they are, and of
   * what Terraform writes it gets the policy alone. Terraform takes over the policy that the API has (an `import` block, Terraform
   * 1.6 or later) and updates it; `destroy` removes it. At plan Terraform stops, with advice, if the API is not what is said here.
   *
   * Terraform can take over only what is there: once the policy has been removed, by `destroy` or by hand, give
   * `PolicyDocument.EMPTY` as the current one, and what it was as `policy` of the `SecureApimBackend`. Policies that its operations have
   * of their own, and its diagnostics, cannot be seen here: an operation's policy without `<base />` undoes what is merged, and one that is
   * there already must be imported before `operationPolicies` or `diagnostics` can write it.
   *
   * Whether it has an OPTIONS operation cannot be seen here: such an operation takes preflight requests from a `cors` policy.
   *
   * @param apiName name of the API on the gateway, without revision; a literal
   * @param currentPolicy the policy that the API has now, `PolicyDocument.fromFile(...)`; `PolicyDocument.EMPTY` if it has none of
   * its own. If it is not at hand, use a `SecurePolicyFragment`
   * @param props what else is to be known of it
   */
  public static existingApi(apiName: string, currentPolicy: PolicyDocument, props?: ExistingApiOptions): ExistingApi {
    return new ExistingApi(apiName, currentPolicy, props ?? {});
  }

  private constructor() {}
}
