import { Construct } from "constructs";
import { BindOnce, BOUND } from "../core/bind-once";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "./api-surface";
import { OpenApiLinkFormat } from "./open-api-link-format";
import { newApi } from "./private/new-api";
import { checkDocumentUrl } from "./private/open-api/document-url";
import { PublishedApiProps } from "./published-api-props";
import { fail } from "../core/fail";

/** Properties of an API that an OpenAPI document at an address describes. */
export interface OpenApiUrlProps extends PublishedApiProps {
  /** What stands at the address. */
  readonly format: OpenApiLinkFormat;

  /**
   * Path of the API below the gateway's address, without a slash at either end; empty for the root. Of a version of an API, that of
   * its version set: `versionSet.path`.
   */
  readonly path: string;

  /** Title that consumers see. */
  readonly displayName: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}

/** An API with the operations of an OpenAPI document that API Management fetches. Made by `ApiSurface.openApiUrl`. */
export class OpenApiUrlApi implements IApiSurface {
  private readonly bound = new BindOnce<ApiSurfaceConfig>("ApiSurface.openApiUrl", BOUND.surface);
  private keylessReason?: string;

  constructor(
    private readonly url: string,
    private readonly props: OpenApiUrlProps,
  ) {}

  /**
   * The same API, open to consumers without a subscription key.
   *
   * @param reason why; shown at synthesis
   */
  public withoutSubscriptionKey(reason: string): OpenApiUrlApi {
    const copy = new OpenApiUrlApi(this.url, this.props);
    copy.keylessReason = reason;
    return copy;
  }

  public bind(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    return this.bound.bind(scope, () => this.publish(scope, options));
  }

  private publish(scope: Construct, options: ApiSurfaceBindOptions): ApiSurfaceConfig {
    const { format, path, ...props } = this.props;
    const versionSet = props.version?.versionSet;
    if (versionSet && versionSet.path !== path) fail(scope, "path-of-other-version", `The path "${path}" is given beside a version, whose path is that of the version set "${versionSet.node.path}". Write its own: ` +
          `path: versionSet.path.`);
    const content = { contentFormat: format, contentValue: checkDocumentUrl(scope, this.url) };
    const written = { ...props, path: versionSet ? undefined : path };
    return newApi(scope, options, written, { document: { import: content }, keylessReason: this.keylessReason });
  }
}
