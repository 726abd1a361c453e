import { Construct } from "constructs";
import { beginsUnknown, literalOutline } from "./tokens";
import { fail } from "./fail";
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
  if (scheme === undefined) invalidBackendUrl(scope, url, "does not begin with https://");
  if (/^[^/]*:\/\/[^/?#]*@/.test(address)) fail(scope, "credentials-in-backend-url", "The backend URL has a user name or password in it (not shown here): it would be stored in plain text in Terraform's " +
        'state. Write the address without it, such as "https://orders.contoso.com/v1": the gateway signs in with its identity.');
  if (scheme.toLowerCase() !== "https") {
    invalidBackendUrl(scope, url, `has the scheme ${scheme}, and would carry the token in clear text`);
  }
  if (address.includes("?")) invalidBackendUrl(scope, url, "has a query");
  if (address.includes("#")) invalidBackendUrl(scope, url, "has a fragment");
  if (!URL.canParse(address) || /[\s"\\<>{}|^`]/.test(address)) {
    invalidBackendUrl(scope, url, "has characters that a URL cannot have");
  }
  return url.replace(/\/+$/, "");
}
// Policy
// Entra ID

export function invalidBackendUrl(scope: Construct, url: string, reason: string): never {
  fail(scope, "invalid-backend-url",
    `The backend URL "${url}" ${reason}. Write an address such as "https://orders.contoso.com/v1", with host and path alone.`,
  );
}
