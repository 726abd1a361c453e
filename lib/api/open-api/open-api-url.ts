import { Construct } from "constructs";
import { beginsUnknown, literalOutline } from "../../core/tokens";
import { fail } from "../../core/fail";
import { BindOnce, BOUND } from "../../core/bind-once";
import { ApiSurfaceBindOptions, ApiSurfaceConfig, IApiSurface } from "../api-surface";
import { newApi } from "../new-api";
import { PublishedApiOptions } from "../new-api-options";

/**
 * What stands at the address of an OpenAPI document. API Management is told; it does not look.
 *
 * @see https://learn.microsoft.com/rest/api/apimanagement/apis/create-or-update#contentformat
 */
export enum OpenApiLinkFormat {
  /** OpenAPI 3.0 or 3.1 in YAML. */
  OPENAPI_YAML = "openapi-link",
  /** OpenAPI 3.0 or 3.1 in JSON. */
  OPENAPI_JSON = "openapi+json-link",
  /** Swagger 2.0 in JSON; of YAML API Management takes none. */
  SWAGGER_JSON = "swagger-link-json",
}

/** The query parameter in which a signed address of Azure Storage has its signature. */
const SIGNATURE = /[?&]sig=/i;

/** An address that API Management fetches a document from: HTTPS, and no credentials, which Terraform would store. */
export function checkDocumentUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, "0");
  if (/^[^/]*:\/\/[^/?#]*@/.test(outline) || SIGNATURE.test(outline))
    fail(
      scope,
      "credentials-in-document-url",
      "The address of the OpenAPI document has a user name, a password or a signature in it (not shown here): it would be stored in " +
        'plain text in Terraform\'s state. Write an address that needs none, or ApiSurface.openApiFile("...") for a file.',
    );
  if (beginsUnknown(url)) return url;
  if (!/^https:\/\/[^/]/i.test(outline) || !URL.canParse(outline))
    fail(
      scope,
      "insecure-document-url",
      `The OpenAPI document would be fetched from "${url}", which is no https:// address, and could be changed on its way. ` +
        `Write ApiSurface.openApiUrl("https://...", { ... }), or ApiSurface.openApiFile("...") for a file.`,
    );
  return url;
}

/** Properties of an API that an OpenAPI document at an address describes. */
export interface OpenApiUrlProps extends PublishedApiOptions {
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
    if (versionSet && versionSet.path !== path)
      fail(
        scope,
        "path-of-other-version",
        `The path "${path}" is given beside a version, whose path is that of the version set "${versionSet.node.path}". Write its own: ` +
          `path: versionSet.path.`,
      );
    const content = { contentFormat: format, contentValue: checkDocumentUrl(scope, this.url) };
    const written = { ...props, path: versionSet ? undefined : path };
    return newApi(scope, options, written, { document: { import: content }, keylessReason: this.keylessReason });
  }
}
