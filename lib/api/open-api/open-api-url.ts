import { asWritten } from "../../core/terraform-template";
import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { fail, finding } from "../../core/fail";
import { isLocalAddress } from "../../core/local-host";
import { beginsUnknown, literalOutline } from "../../core/tokens";
import { createApi, PublishedApiOptions, PublishedApi } from "../new-api";
import { described, requireGiven, requireMember, requireText } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

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

  /** Title that consumers see, 1 to 300 characters. */
  readonly displayName: string;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;
}

/** The names of its properties. */
const OPEN_API_URL_PROPS: PropertyNames<OpenApiUrlProps> = {
  apiName: true,
  revision: true,
  revisionDescription: true,
  subscriptionKeyNames: true,
  version: true,
  displayName: true,
  format: true,
  path: true,
  description: true,
};

/** An API with the operations of an OpenAPI document that API Management fetches. */
export function openApiUrlSurface(url: string, options: OpenApiUrlProps): PublishedApi {
  const { format, path, ...props } = requireGiven("ApiSurface.openApiUrl", options, {
    name: "props",
    has: ["format"],
    texts: ["path", "displayName"],
    example: `ApiSurface.openApiUrl(${described(url)}, { format: OpenApiLinkFormat.OPENAPI_JSON, path: "orders", displayName: "Orders" })`,
  });
  requireOnly("ApiSurface.openApiUrl", "ApiSurface.openApiUrl", options, {
    names: OPEN_API_URL_PROPS,
    example: `ApiSurface.openApiUrl("https://...", { format, path, displayName })`,
  });
  return PublishedApi._of("ApiSurface.openApiUrl", (scope, bindOptions, reasons) => {
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
      ...asWritten({ contentValue: checkDocumentUrl(scope, url) }),
    };
    const placed = { ...props, path: versionSet ? undefined : path };
    const created = createApi(scope, bindOptions, placed, { document: { import: content }, reasons });
    return { ...created, passesOptions: reasons.options !== undefined };
  });
}

/** An address that API Management can fetch a document from: HTTPS, without credentials, which Terraform would store. */
function checkDocumentUrl(scope: Construct, url: string): string {
  requireText(scope, "address of the OpenAPI document", url, 'ApiSurface.openApiUrl("https://...", { ... })');
  const outline = literalOutline(url, "0");
  if (hasCredentials(outline))
    fail(
      scope,
      "credentials-in-document-url",
      "The address of the OpenAPI document contains a user name, a password, a key or a signature (not shown here). Terraform would " +
        "store the address in its state in plain text.",
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
  checkHost(scope, url, new URL(outline));
  const document = documentOfPage(url);
  if (document !== undefined)
    fail(
      scope,
      "document-url-of-page",
      `The address of the OpenAPI document, "${url}", is that of a web page that shows the document.`,
      `Write "${document}".`,
    );
  return url;
}

/** Names of query parameters whose value lets somebody in: of signed addresses, of functions, of API keys. */
const SECRET_NAME =
  /^(?:code|sas|jwt|pat|auth|authorization)$|(?:^|[-_.])(?:sig|signature|token|key|secret|password|pwd|credential)$|(?:apikey|accesskey|accesstoken)$/i;

/** The same in camel case, in which `monkey` is no key. */
const SECRET_WORD = /[a-z](?:Sig|Signature|Token|Key|Secret|Password|Pwd|Credential)$/;

function hasCredentials(outline: string): boolean {
  if (/^[^/]*:\/\/[^/?#]*@/.test(outline)) return true;
  const [, ...parts] = outline.split(/[?#]/);
  return parts
    .flatMap((part) => [...new URLSearchParams(part).keys()])
    .some((name) => SECRET_NAME.test(name) || SECRET_WORD.test(name));
}

/** Addresses and domains of private networks. */
const PRIVATE_HOST =
  /^(?:10(?:\.\d+){3}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|192\.168(?:\.\d+){2}|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d+){2}|\[f[cd].*|[^.]+|.*\.(?:local|internal|lan|home\.arpa))\.?$/;

function checkHost(scope: Construct, url: string, { hostname }: URL): void {
  const [, written] = /^https:\/\/([^/?#]*)/i.exec(url) ?? [];
  if (written?.includes("${") || hostname === "") return;
  if (isLocalAddress(url))
    fail(
      scope,
      "document-url-unreachable",
      `The address of the OpenAPI document, "${url}", is local to the machine that calls it, so API Management cannot fetch the document.`,
      'Use a file: ApiSurface.openApiFile("...").',
    );
  if (PRIVATE_HOST.test(hostname))
    Annotations.of(scope).addWarning(
      finding(
        "document-url-private",
        `The address of the OpenAPI document, "${url}", is in a private network. API Management fetches documents from the internet. ` +
          "Only classic tiers can also fetch them from a network that they are injected into.",
        'Use a file: ApiSurface.openApiFile("...").',
      ),
    );
}

/** Web pages that show a file, and the address of the file itself. */
const PAGES: readonly [RegExp, string][] = [
  [
    /^https:\/\/(?:www\.)?github\.com\/([^/]+\/[^/]+)\/(?:blob|edit)\/([^?#]*)(?:[?#].*)?$/i,
    "https://raw.githubusercontent.com/$1/$2",
  ],
  [/^(https:\/\/[^/]+\/[^?#]+\/-)\/(?:blob|edit)\/([^?#]*)(?:[?#].*)?$/i, "$1/raw/$2"],
  [/^(https:\/\/bitbucket\.org\/[^/]+\/[^/]+)\/src\/([^?#]*)(?:[?#].*)?$/i, "$1/raw/$2"],
];

function documentOfPage(url: string): string | undefined {
  const page = PAGES.find(([address]) => address.test(url));
  return page && !/[?&]raw=/i.test(url) ? url.replace(page[0], page[1]) : undefined;
}
