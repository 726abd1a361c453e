import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { BindOnce, BOUND } from "../../core/bind-once";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "../api-surface";
import { newApi } from "../new-api";
import { readOpenApi } from "./document";
import { PublishedApiOptions } from "../new-api-options";

/** Properties of an API that an OpenAPI document in a file describes. */
export interface OpenApiFileOptions extends PublishedApiOptions {
  /**
   * Path of the API below the gateway's address, without a slash at either end; empty for the root.
   *
   * @default - that of the version set, if the API is a version of one; else the path of the document's first server (of Swagger:
   * `basePath`); else the construct id in kebab-case
   */
  readonly path?: string;

  /**
   * Title that consumers see.
   *
   * @default - the document's
   */
  readonly displayName?: string;

  /**
   * Description that consumers see.
   *
   * @default - the document's
   */
  readonly description?: string;
}

/** An API with the operations of an OpenAPI document in a file. Made by `ApiSurface.openApiFile`. */
export class OpenApiFileApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.openApiFile", BOUND.surface);
  private keylessReason?: string;

  constructor(
    private readonly file: string,
    private readonly props: OpenApiFileOptions,
  ) {}

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synthesis
   */
  public withoutSubscriptionKey(reason: string): OpenApiFileApi {
    const copy = new OpenApiFileApi(this.file, this.props);
    copy.keylessReason = reason;
    return copy;
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.publish(scope, options));
  }

  private publish(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { props } = this;
    const { info, content, path, passesOptions, operationIds, warnings } = readOpenApi(scope, this.file);
    for (const warning of warnings) Annotations.of(scope).addWarning(warning);
    const written = {
      ...props,
      path: props.path ?? (props.version ? undefined : path),
      displayName: props.displayName ?? info.title,
      description: props.description ?? info.description,
    };
    const { contact, license, termsOfServiceUrl } = info;
    const document = { import: content, contact, license, termsOfServiceUrl };
    const api = newApi(scope, options, written, { document, keylessReason: this.keylessReason });
    return { ...api, passesOptions, operationIds };
  }
}
