import { Construct } from "constructs";
import { fail } from "../../core/fail";
import { beginsUnknown, literalOutline } from "../../core/tokens";
import { createApi, PublishedApiOptions, PublishedApi } from "../new-api";
import { described, requireGiven, requireMember, requireText } from "../../core/given";

/**
 * The format of an OpenAPI document at an address. API Management does not detect it.
 *
 * @see https://learn.microsoft.com/rest/api/apimanagement/apis/create-or-update#contentformat
 */
export enum OpenApiLinkFormat {
  /** OpenAPI 3.0 or 3.1 in YAML. */
  OPENAPI_YAML = "openapi-link",
  /** OpenAPI 3.0 or 3.1 in JSON. */
  OPENAPI_JSON = "openapi+json-link",
  /** Swagger 2.0 in JSON. API Management does not read it in YAML. */
  SWAGGER_JSON = "swagger-link-json",
}

/** Options of an API that an OpenAPI document at an address describes. */
export interface OpenApiUrlProps extends PublishedApiOptions {
  /** Format of the document. */
  readonly format: OpenApiLinkFormat;

  /**
   * Path of the API below the gateway's address, without a slash at either end. Empty for the root. For a version of an API, the path
   * of its version set: `versionSet.path`.
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

/** An API with the operations of an OpenAPI document that API Management fetches. */
export function openApiUrlSurface(url: string, options: OpenApiUrlProps): PublishedApi {
  const { format, path, ...props } = requireGiven("ApiSurface.openApiUrl", options, {
    name: "props",
    has: ["format"],
    texts: ["path", "displayName"],
    example: `ApiSurface.openApiUrl(${described(url)}, { format: OpenApiLinkFormat.OPENAPI_JSON, path: "orders", displayName: "Orders" })`,
  });
  return PublishedApi._of("ApiSurface.openApiUrl", (scope, bindOptions, keylessReason) => {
    const versionSet = props.version?.versionSet;
    if (versionSet && versionSet.path !== path)
      fail(
        scope,
        "path-not-of-version-set",
        `The path "${path}" differs from the path of the version set "${versionSet.node.path}", which all its versions share.`,
        "Write path: versionSet.path.",
      );
    const content = {
      contentFormat: requireMember(scope, "format", format, OpenApiLinkFormat, "OpenApiLinkFormat.OPENAPI_JSON"),
      contentValue: checkDocumentUrl(scope, url),
    };
    const written = { ...props, path: versionSet ? undefined : path };
    return createApi(scope, bindOptions, written, { document: { import: content }, keylessReason });
  });
}

/** The query parameter that has the signature in a signed address of Azure Storage. */
const SIGNATURE = /[?&]sig=/i;

/** An address that API Management fetches a document from: HTTPS, without credentials, which Terraform would store. */
function checkDocumentUrl(scope: Construct, url: string): string {
  requireText(scope, "address of the OpenAPI document", url, 'ApiSurface.openApiUrl("https://...", { ... })');
  const outline = literalOutline(url, "0");
  if (/^[^/]*:\/\/[^/?#]*@/.test(outline) || SIGNATURE.test(outline))
    fail(
      scope,
      "credentials-in-document-url",
      "The address of the OpenAPI document contains a user name, a password or a signature (not shown here). Terraform would store the " +
        "address in its state in plain text.",
      'Use an address without credentials, or a file: ApiSurface.openApiFile("...").',
    );
  if (beginsUnknown(url)) return url;
  if (!/^https:\/\/[^/]/i.test(outline) || !URL.canParse(outline))
    fail(
      scope,
      "insecure-document-url",
      `The address of the OpenAPI document, "${url}", is not a valid https:// address. The document could be changed on its way.`,
      'Write ApiSurface.openApiUrl("https://...", { ... }), or use a file: ApiSurface.openApiFile("...").',
    );
  return url;
}
