import { Construct } from "constructs";
import { isToken } from "../../core/tokens";
import { fail } from "../../core/fail";

const ROUTE_PREFIX = /^[\w\-.~%]+(\/[\w\-.~%]+)*$/;

/** Address of an app, with the prefix of its routes where there is one. */
export function appUrl(scope: Construct, hostname: string, routePrefix: string): string {
  if (routePrefix === "") return `https://${hostname}`;
  if (!isToken(routePrefix) && !ROUTE_PREFIX.test(routePrefix)) fail(scope, "invalid-route-prefix", `The route prefix "${routePrefix}" is no relative path. ` +
        `Write it as host.json has it, for example "api" or "v1/orders", or "" for none.`);
  return `https://${hostname}/${routePrefix}`;
}
