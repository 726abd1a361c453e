import { PolicyDocument } from "../policy/policy-document";
import { ExistingApi, ExistingApiProps } from "./existing-api";
import { NewApiProps } from "./new-api-props";
import { ApiOperation, OperationsApi } from "./operations";
import { WildcardApi, WildcardApiProps } from "./wildcard";

/** What consumers see of a backend. */
export class ApiSurface {
  /**
   * All paths, by GET, HEAD, POST, PUT, PATCH and DELETE unless `methods` says otherwise, with a subscription key. OPTIONS only by
   * `passThroughOptions(reason)`, without a key only by `withoutSubscriptionKey(reason)`.
   */
  public static wildcard(props?: WildcardApiProps): WildcardApi {
    return new WildcardApi(props ?? {});
  }

  /**
   * The operations that you list, and no others, with a subscription key. Without a key only by
   * `withoutSubscriptionKey(reason)`.
   *
   * @param operations what consumers can call
   * @param props how the API is named
   */
  public static operations(operations: ApiOperation[], props?: NewApiProps): OperationsApi {
    return new OperationsApi(operations, props ?? {});
  }

  /**
   * An API that is there already, and that somebody else publishes: its paths, operations and products stay as they are, and of
   * what Terraform writes it gets the policy alone. Terraform takes over the policy that the API has (an `import` block, Terraform
   * 1.6 or later) and updates it; `destroy` removes it. At plan Terraform stops, with advice, if the API is not what is said here.
   *
   * Whether it has an OPTIONS operation cannot be seen here: such an operation takes preflight requests from a `cors` policy.
   *
   * @param apiName name of the API on the gateway, without revision; a literal
   * @param currentPolicy the policy that the API has now, `PolicyDocument.fromFile(...)`; `PolicyDocument.EMPTY` if it has none of
   * its own. If it is not at hand, use a `SecurePolicyFragment`
   * @param props what else is to be known of it
   */
  public static existingApi(apiName: string, currentPolicy: PolicyDocument, props?: ExistingApiProps): ExistingApi {
    return new ExistingApi(apiName, currentPolicy, props ?? {});
  }

  private constructor() {}
}
