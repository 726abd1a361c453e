import { Construct } from "constructs";
import { BindOnce } from "../core/bind-once";
import { BOUND_SURFACE } from "./bound";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "./api-surface";

/** Creates the API. With a reason it requires no subscription key. */
type CreateApi = (scope: Construct, options: ApiSurfaceBindOptions, keylessReason?: string) => ApiSurfaceConfig;

/**
 * An API that is created on the gateway. Returned by `ApiSurface.operations`, `ApiSurface.openApiFile` and
 * `ApiSurface.openApiUrl`.
 */
export class PublishedApi implements IApiSurface {
  /** @internal */
  public static _of(factory: string, create: CreateApi): PublishedApi {
    return new PublishedApi(factory, create);
  }

  public readonly factory: string;
  private readonly bound: BindOnce<ApiSurfaceConfig>;

  private constructor(
    factory: string,
    private readonly create: CreateApi,
    private readonly keylessReason?: string,
  ) {
    this.factory = factory;
    this.bound = new BindOnce<ApiSurfaceConfig>(factory, BOUND_SURFACE);
  }

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synth
   */
  public withoutSubscriptionKey(reason: string): PublishedApi {
    return new PublishedApi(this.factory, this.create, reason);
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.create(scope, options, this.keylessReason));
  }
}
