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

  private constructor() {}
}
