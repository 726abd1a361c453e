import { Construct } from "constructs";
import * as errors from "../../core/errors";
import { isToken } from "../../core/tokens";

const ROUTE_PREFIX = /^[\w\-.~%]+(\/[\w\-.~%]+)*$/;

/** Address of an app, with the prefix of its routes where there is one. */
export function appUrl(scope: Construct, hostname: string, routePrefix: string): string {
  if (routePrefix === "") return `https://${hostname}`;
  if (!isToken(routePrefix) && !ROUTE_PREFIX.test(routePrefix)) throw errors.invalidRoutePrefix(scope, routePrefix);
  return `https://${hostname}/${routePrefix}`;
}
