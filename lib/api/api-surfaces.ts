import { WildcardApi, WildcardApiProps } from "./wildcard";

/** What consumers see of a backend. */
export class ApiSurface {
  /**
   * All paths, by GET, HEAD, POST, PUT, PATCH and DELETE, with a subscription key. OPTIONS only by
   * `passThroughOptions(reason)`, without a key only by `withoutSubscriptionKey(reason)`.
   */
  public static wildcard(props?: WildcardApiProps): WildcardApi {
    return new WildcardApi(props ?? {});
  }

  private constructor() {}
}
