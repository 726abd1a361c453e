import { Construct } from "constructs";
import { fail } from "../../core/fail";
import { described, requireGiven } from "../../core/given";
import { checkWholeNumber } from "../../core/literal";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { isToken } from "../../core/tokens";

/**
 * App Service requests a path on every instance each minute, and stops sending requests to an instance that does not answer with a
 * status from 200 to 299. These requests pass the sign-in of the app by themselves: the path needs no entry in `anonymousPaths`, and
 * stays closed to everyone else.
 *
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check#authentication-and-security
 */
export interface HealthCheck {
  /** Path on the app, such as `/health`. For a function app, include the route prefix: `/api/health`. */
  readonly path: string;

  /**
   * How many minutes an instance may be unhealthy before it gets no more requests, from 2 to 10.
   *
   * @default 10
   */
  readonly evictionTimeInMinutes?: number;
}

const NAMES: PropertyNames<HealthCheck> = { path: true, evictionTimeInMinutes: true };
const EXAMPLE = 'healthCheck: { path: "/health" }';
const PATH = /^\/[^\s?#]*$/;

/** What sets the health check in `site_config`. azurerm requires both attributes together. */
export function healthCheckConfig(scope: Construct, check: HealthCheck) {
  const { path, evictionTimeInMinutes = 10 } = requireGiven(scope, check, {
    name: "healthCheck",
    texts: ["path"],
    example: EXAMPLE,
  });
  requireOnly(scope, "healthCheck", check, { names: NAMES, example: EXAMPLE });
  if (!isToken(path) && !PATH.test(path))
    fail(
      scope,
      "invalid-health-check-path",
      `The path of the health check is ${described(path)}. It must begin with a slash, and have no query.`,
      `Write the path on the app: ${EXAMPLE}.`,
    );
  const minutes = checkWholeNumber(scope, "evictionTimeInMinutes in healthCheck", evictionTimeInMinutes, 2, 10);
  return { healthCheckPath: path, healthCheckEvictionTimeInMin: minutes };
}
