import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import { BOUND_SURFACE, ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "./api-surface";
import { fail } from "../core/fail";
import { givenReason } from "../core/reason";
import { requireList } from "../core/given";
import { checkMethod, HttpMethod } from "./api-operation";
import { createApi, NewApiOptions, OpeningReasons } from "./new-api";

/** Options of an API that passes all paths on. */
export interface WildcardApiOptions extends NewApiOptions {
  /**
   * Methods that are passed on. For OPTIONS call `passThroughOptions(reason)`.
   *
   * @default - GET, HEAD, POST, PUT, PATCH and DELETE
   */
  readonly methods?: HttpMethod[];
}

const METHODS = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE];

/** An API with one operation for each method, on every path. Returned by `ApiSurface.wildcard`. */
export class WildcardApi implements IApiSurface {
  /** @internal */
  public static _of(props: WildcardApiOptions): WildcardApi {
    return new WildcardApi(props, {});
  }

  public readonly factory: string = "ApiSurface.wildcard";
  private readonly bound = new BindOnce<ApiSurfaceConfig>(this.factory, BOUND_SURFACE);

  private constructor(
    private readonly props: WildcardApiOptions,
    private readonly reasons: OpeningReasons,
  ) {}

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synth
   */
  public withoutSubscriptionKey(reason: string): WildcardApi {
    return new WildcardApi(this.props, { ...this.reasons, keyless: givenReason(reason) });
  }

  /**
   * The same API, which passes OPTIONS on to the backend. A `cors` policy then no longer answers preflight requests.
   *
   * @param reason why; shown at synth
   */
  public passThroughOptions(reason: string): WildcardApi {
    return new WildcardApi(this.props, { ...this.reasons, options: givenReason(reason) });
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.publish(scope, options));
  }

  private publish(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const operations = this.checkedMethods(scope).map((method) => ({
      id: method,
      operationId: method.toLowerCase(),
      method,
      urlTemplate: "/*",
      displayName: `${method} on any path`,
    }));
    return createApi(scope, options, this.props, { operations, reasons: this.reasons });
  }

  private checkedMethods(scope: Construct): HttpMethod[] {
    const listed = requireList(scope, "methods", this.props.methods ?? METHODS, "methods: [HttpMethod.GET]");
    const methods = [...new Set(listed)];
    methods.forEach((method) => checkMethod(scope, method));
    if (methods.length === 0)
      fail(
        scope,
        "empty-methods",
        "The list of methods is empty, so nobody could call the API.",
        "List at least one method, or omit methods to allow all.",
      );
    if (methods.includes(HttpMethod.OPTIONS))
      fail(
        scope,
        "options-among-methods",
        "OPTIONS is in the list of methods, but passing it on requires a reason.",
        'Remove it from methods, and write ApiSurface.wildcard({ ... }).passThroughOptions("why").',
      );
    return this.reasons.options === undefined ? methods : [...methods, HttpMethod.OPTIONS];
  }
}
