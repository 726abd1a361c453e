import { Construct } from "constructs";
import * as errors from "./errors";
import { beginsUnknown, literalOutline } from "./tokens";

/** Where a part is known to Terraform only, this character stands for it. */
const UNKNOWN = "0";

/**
 * The address without a slash at its end, once it is one that a token can be sent to: HTTPS, and nothing but host and path.
 * Of an address that begins with what only Terraform knows, the rest is checked.
 */
export function checkBackendUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, UNKNOWN);
  const address = beginsUnknown(url) ? outline.replace(/^0(:\/\/)?/, "https://0") : outline;
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1];
  if (scheme === undefined) throw errors.invalidBackendUrl(scope, url, "does not begin with https://");
  if (/^[^/]*:\/\/[^/?#]*@/.test(address)) throw errors.credentialsInBackendUrl(scope);
  if (scheme.toLowerCase() !== "https") {
    throw errors.invalidBackendUrl(scope, url, `has the scheme ${scheme}, and would carry the token in clear text`);
  }
  if (address.includes("?")) throw errors.invalidBackendUrl(scope, url, "has a query");
  if (address.includes("#")) throw errors.invalidBackendUrl(scope, url, "has a fragment");
  if (!URL.canParse(address) || /[\s"\\<>{}|^`]/.test(address)) {
    throw errors.invalidBackendUrl(scope, url, "has characters that a URL cannot have");
  }
  return url.replace(/\/+$/, "");
}
