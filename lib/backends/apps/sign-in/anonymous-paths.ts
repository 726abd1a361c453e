import { Annotations, TerraformOutput } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { fail } from "../../../core/fail";
import { requireLiteral } from "../../../core/literal";
import { checkReason } from "../../../core/reason";
import { asWritten } from "../../../core/terraform-template";
import { isToken } from "../../../core/tokens";
import { requireGiven, requireList } from "../../../core/given";
import { acknowledge } from "../../../rules/acknowledge";

const CALL = "AnonymousPaths.of";

/**
 * Segments without wildcards and encoded characters, which could match other paths. A segment of dots only (`.`, `..`) leads to another
 * path; one that begins with a dot, such as `.well-known`, does not.
 *
 * @see docs/design/decisions.md#plain-anonymous-paths
 */
const PLAIN_PATH = /^(\/\.*[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+$/;

/**
 * Paths of an app that answer to everyone without sign-in, for probes that cannot send a token. They also answer when the app
 * is called directly. App Service's health check (`health_check_path`) signs in by itself and does not need one.
 *
 * @see https://learn.microsoft.com/azure/app-service/configure-authentication-file-based
 * @see https://learn.microsoft.com/azure/app-service/monitor-instances-health-check#authentication-and-security
 */
export class AnonymousPaths {
  /**
   * The paths, each written out as in the address. For a function app, include the route prefix: `/api/health`.
   *
   * @param paths the paths that answer to everyone
   * @param reason who decided this, for reviewers; shown at synth and in the outputs of the stack
   */
  public static of(paths: string[], reason: string): AnonymousPaths {
    return new AnonymousPaths(paths, reason);
  }

  private constructor(
    private readonly paths: readonly string[],
    private readonly reason: string,
  ) {}

  /**
   * Checks that the paths match only themselves, reports them at synth and creates an output with them.
   *
   * @internal
   */
  public _bind(scope: Construct, routePrefix: string, app: IConstruct): string[] {
    const paths = [...requireList(scope, "paths", this.paths, 'AnonymousPaths.of(["/health"], "...")')];
    if (paths.length === 0)
      fail(
        scope,
        "no-anonymous-paths",
        "AnonymousPaths.of([], ...) contains no path.",
        'List the paths that answer to everyone, for example AnonymousPaths.of(["/health"], "..."), or omit anonymousPaths.',
      );
    paths.forEach((path) => checkPath(scope, path, routePrefix));
    const reason = checkReason(scope, CALL, this.reason, [`${CALL}(["/health"], `, ")"]);

    acknowledge(app, "excluded-paths", reason);
    Annotations.of(scope).addInfo(`Answers to everyone without sign-in on ${paths.join(", ")}: ${reason}`);
    new TerraformOutput(scope, "AnonymousPaths", {
      ...asWritten({ description: `Paths of the app that answer to everyone without sign-in: ${reason}` }),
      value: paths,
    });
    return paths;
  }
}

/** The paths, if they are given with a reason. */
export function checkedPaths(scope: Construct, paths: AnonymousPaths): AnonymousPaths {
  return requireGiven(scope, paths, {
    name: "anonymousPaths",
    has: ["_bind", "paths"],
    example: 'anonymousPaths: AnonymousPaths.of(["/health"], "agreed with the security team, see ADR 12")',
  });
}

function checkPath(scope: Construct, path: string, routePrefix: string): void {
  requireLiteral(scope, `A path given to ${CALL}`, path);
  if (!PLAIN_PATH.test(path))
    fail(
      scope,
      "invalid-anonymous-path",
      `The anonymous path "${path}" could match other paths too. A path must start with a slash and not end with one, and must not ` +
        `contain wildcards, the segments "." and "..", a query or encoded characters.`,
      'Write out each path, such as "/health".',
    );
  if (/^\/\.auth(?:\/|$)/i.test(path))
    fail(
      scope,
      "anonymous-sign-in-path",
      `The anonymous path "${path}" belongs to the sign-in of App Service, which answers on "/.auth" itself.`,
      "Remove it. Write the path of what the app itself answers to everyone.",
    );
  // App Service may read a path as a prefix.
  const opensAll =
    routePrefix !== "" &&
    !isToken(routePrefix) &&
    `/${routePrefix}/`.toLowerCase().startsWith(`${path}/`.toLowerCase());
  if (opensAll)
    fail(
      scope,
      "anonymous-route-prefix",
      `All routes of the app begin with the anonymous path "${path}" (route prefix "${routePrefix}"), so it could open all of them.`,
      `Write the route of the probe, such as "/${routePrefix}/health".`,
    );
}
