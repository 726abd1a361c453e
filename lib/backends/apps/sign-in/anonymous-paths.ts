import { requireLiteral } from "../../../core/literal";
import { Annotations, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { checkReason } from "../../../core/reason";
import { isToken } from "../../../core/tokens";
import { fail } from "../../../core/fail";

const CALL = "AnonymousPaths.of";

/** Segments that mean themselves, however they are read: no wildcard, no dots to climb by, nothing encoded. */
const PLAIN_PATH = /^(\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+$/;

/**
 * Paths of an app that answer without signing in, directly and to everybody, for probes that can send no token. App Service's
 * own health check (`health_check_path`) signs in by itself, and needs none.
 *
 * @see https://learn.microsoft.com/azure/app-service/configure-authentication-file-based
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check#authentication-and-security
 */
export class AnonymousPaths {
  /**
   * The paths, each written out as it stands in the address, that of a function app with its route prefix: `/api/health`.
   *
   * @param paths what answers to everybody
   * @param reason who decided it, for those who review; shown at synth and among the outputs of the stack
   */
  public static of(paths: string[], reason: string): AnonymousPaths {
    return new AnonymousPaths(paths, reason);
  }

  private constructor(
    private readonly paths: readonly string[],
    private readonly reason: string,
  ) {}

  /**
   * The paths, when they are known to open no more than what they name, shown at synth and among the outputs.
   *
   * @internal
   */
  public _bind(scope: Construct, routePrefix: string): string[] {
    const paths = [...this.paths];
    if (paths.length === 0)
      fail(
        scope,
        "no-anonymous-paths",
        `AnonymousPaths.of([], ...) names no path. Write those that answer to everybody, for example ` +
          `AnonymousPaths.of(["/health"], "..."), or leave anonymousPaths out: then none does.`,
      );
    paths.forEach((path) => checkPath(scope, path, routePrefix));
    const reason = checkReason(scope, CALL, this.reason, '["/health"], ');

    Annotations.of(scope).addInfo(`Answers to everybody, without sign-in, on ${paths.join(", ")}: ${reason}`);
    new TerraformOutput(scope, "AnonymousPaths", {
      description: `Paths of the app that answer to everybody, without sign-in: ${reason}`,
      value: paths,
    });
    return paths;
  }
}

function checkPath(scope: Construct, path: string, routePrefix: string): void {
  requireLiteral(scope, `a path given to ${CALL}`, path);
  if (!PLAIN_PATH.test(path))
    fail(
      scope,
      "invalid-anonymous-path",
      `The anonymous path "${path}" is no path that means itself alone: with a slash first and none last, and without wildcard, ` +
        `dot segment, query and encoded characters, by which more than that could be opened. Write each path out, such as "/health".`,
    );
  // Whether App Service reads a path as a prefix is nothing to rely on.
  const opensAll =
    routePrefix !== "" &&
    !isToken(routePrefix) &&
    `/${routePrefix}/`.toLowerCase().startsWith(`${path}/`.toLowerCase());
  if (opensAll)
    fail(
      scope,
      "anonymous-route-prefix",
      `The anonymous path "${path}" is where all routes of the app begin (route prefix "${routePrefix}"), and could open every ` +
        `one of them. Write the route of the probe, such as "/${routePrefix}/health".`,
    );
}
