import { Construct } from "constructs";
import { BindOnce, BOUND } from "../core/bind-once";
import { announce } from "../core/reason";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "./api-surface";
import { HttpMethod } from "./http-method";
import { NewApiOptions } from "./new-api-options";
import { newApi } from "./new-api";
import { fail } from "../core/fail";

/** Properties of an API that passes all paths on. */
export interface WildcardApiOptions extends NewApiOptions {
  /**
   * Methods that are passed on. OPTIONS is none of them: for it there is `passThroughOptions(reason)`.
   *
   * @default - GET, HEAD, POST, PUT, PATCH and DELETE
   */
  readonly methods?: HttpMethod[];
}

const METHODS = [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE];

/** An API with one operation a method, each on every path. Made by `ApiSurface.wildcard`. */
export class WildcardApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.wildcard", BOUND.surface);
  private keylessReason?: string;
  private optionsReason?: string;

  constructor(private readonly props: WildcardApiOptions) {}

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synthesis
   */
  public withoutSubscriptionKey(reason: string): WildcardApi {
    return this.copy({ keylessReason: reason });
  }

  /**
   * The same API, with OPTIONS passed on to the backend. A `cors` policy then answers no preflight requests any more.
   *
   * @param reason why; shown at synthesis
   */
  public passThroughOptions(reason: string): WildcardApi {
    return this.copy({ optionsReason: reason });
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.publish(scope, options));
  }

  private publish(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const chosen = [...new Set(this.props.methods ?? METHODS)];
    if (chosen.length === 0)
      fail(
        scope,
        "no-methods",
        "An API without methods can be called by nobody. Write at least one, or leave methods out for all of them.",
      );
    if (chosen.includes(HttpMethod.OPTIONS))
      fail(
        scope,
        "options-among-methods",
        `OPTIONS is opened by a named call: ApiSurface.wildcard({ ... }).passThroughOptions("why"). Leave it out of methods.`,
      );
    const methods = this.optionsReason === undefined ? chosen : [...chosen, HttpMethod.OPTIONS];
    const operations = methods.map((method) => ({
      id: method,
      operationId: method.toLowerCase(),
      method,
      urlTemplate: "/*",
      displayName: `${method} on any path`,
    }));
    const config = newApi(scope, options, this.props, { operations, keylessReason: this.keylessReason });
    announce(scope, "OPTIONS requests reach the backend", "passThroughOptions", this.optionsReason);
    return config;
  }

  private copy(reasons: { readonly keylessReason?: string; readonly optionsReason?: string }): WildcardApi {
    const copy = new WildcardApi(this.props);
    copy.keylessReason = reasons.keylessReason ?? this.keylessReason;
    copy.optionsReason = reasons.optionsReason ?? this.optionsReason;
    return copy;
  }
}
