import { Construct } from "constructs";
import { fail } from "../core/fail";
import { beginsUnknown, literalOutline } from "../core/tokens";

/** Replaces each part of an address that only Terraform knows. */
const UNKNOWN = "0";

/**
 * The address without a trailing slash. A token can be sent to it: it is HTTPS, with host and path only. Where only Terraform
 * knows how the address begins, the rest is checked.
 */
export function checkBackendUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, UNKNOWN);
  const address = beginsUnknown(url) ? outline.replace(/^0(:\/\/)?/, "https://0") : outline;
  if (/^[^/]*:\/\/[^/?#]*@/.test(address))
    fail(
      scope,
      "credentials-in-backend-url",
      "The backend URL contains a user name or password (not shown here), which Terraform would store in its state in plain text.",
      'Write the address without it, such as "https://orders.contoso.com/v1". The gateway signs in with its managed identity.',
    );
  const problem = problemOf(address);
  if (problem !== undefined)
    fail(
      scope,
      "invalid-backend-url",
      `The backend URL "${url}" ${problem}.`,
      'Write an address such as "https://orders.contoso.com/v1", with host and path only.',
    );
  return url.replace(/\/+$/, "");
}

function problemOf(address: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1];
  if (scheme === undefined) return "does not begin with https://";
  if (scheme.toLowerCase() !== "https") return `has the scheme ${scheme}, which would send the token in clear text`;
  if (address.includes("?")) return "has a query";
  if (address.includes("#")) return "has a fragment";
  if (!URL.canParse(address) || /[\s"\\<>{}|^`]/.test(address)) return "contains characters that a URL cannot have";
  return undefined;
}
