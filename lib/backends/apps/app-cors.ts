import { Construct } from "constructs";
import { fail } from "../../core/fail";
import { described, requireGiven, requireList } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { isToken } from "../../core/tokens";

/**
 * The web pages that may call the app from a browser. It opens no path and lets nobody in: a request needs a token as before. Browsers
 * that call the API on the gateway need this only if the gateway passes preflight requests on: usually, `PolicyStatement.cors` on the
 * API is the right place.
 *
 * @see https://learn.microsoft.com/azure/app-service/app-service-web-tutorial-rest-api
 */
export interface AppCors {
  /** Origins such as `https://portal.contoso.com`, without a path. `*` alone means every page. */
  readonly allowedOrigins: string[];

  /**
   * Whether browsers may send cookies and other credentials. Not with the origin `*`.
   *
   * @default false
   */
  readonly supportCredentials?: boolean;
}

const NAMES: PropertyNames<AppCors> = { allowedOrigins: true, supportCredentials: true };
const EXAMPLE = 'cors: { allowedOrigins: ["https://portal.contoso.com"] }';
const ORIGIN = /^https?:\/\/[^\s/?#@*]+$/i;
const ANY = "*";

/** The block `cors` in `site_config`. */
export function corsConfig(scope: Construct, cors: AppCors) {
  const { allowedOrigins, supportCredentials = false } = requireGiven(scope, cors, {
    name: "cors",
    has: ["allowedOrigins"],
    example: EXAMPLE,
  });
  requireOnly(scope, "cors", cors, { names: NAMES, example: EXAMPLE });
  const origins = requireList(scope, "allowedOrigins in cors", allowedOrigins, EXAMPLE);
  const wrong = origins.find((origin) => !isOrigin(origin));
  if (origins.length === 0 || wrong !== undefined)
    fail(
      scope,
      "invalid-app-cors-origin",
      origins.length === 0
        ? "cors has no allowed origin."
        : `The origin ${described(wrong)} in cors is not valid. An origin has a scheme and a host, and neither a path nor a slash at its end.`,
      `Write ${EXAMPLE}.`,
    );
  if (origins.includes(ANY) && (supportCredentials !== false || origins.length > 1))
    fail(
      scope,
      "cors-for-any-origin",
      'allowedOrigins in cors contains "*" together with other origins or with supportCredentials. With credentials, any web page could ' +
        "act as the user who is signed in.",
      `List the origins: ${EXAMPLE}. Or omit supportCredentials, and write allowedOrigins: ["*"].`,
    );
  return { cors: { allowedOrigins: [...origins], supportCredentials } };
}

function isOrigin(origin: unknown): boolean {
  return typeof origin === "string" && (origin === ANY || isToken(origin) || ORIGIN.test(origin));
}
