import { Construct } from "constructs";
import * as errors from "./errors";
import { literalOutline } from "./tokens";

/** The address without a slash at its end, once it is one that a token can be sent to: HTTPS, and nothing but host and path. */
export function checkBackendUrl(scope: Construct, url: string): string {
  const outline = literalOutline(url, "t");
  if (outline !== undefined) checkOutline(scope, url, outline);
  return url.replace(/\/+$/, "");
}

function checkOutline(scope: Construct, url: string, outline: string): void {
  const parsed = parse(outline);
  if (!parsed) throw errors.invalidBackendUrl(scope, url, "is no URL");
  if (parsed.protocol !== "https:") {
    throw errors.invalidBackendUrl(
      scope,
      url,
      `has the scheme ${parsed.protocol.slice(0, -1)}, and would carry the token in clear text`,
    );
  }
  if (parsed.username !== "" || parsed.password !== "") throw errors.credentialsInBackendUrl(scope);
  if (outline.includes("?")) throw errors.invalidBackendUrl(scope, url, "has a query");
  if (outline.includes("#")) throw errors.invalidBackendUrl(scope, url, "has a fragment");
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
