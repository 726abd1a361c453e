import { SERVICE_KEY_NAMES } from "../subscription-key-names";
import { knownList, optionalNumber, plainName, someLiterals, emptyList } from "./writing/arguments";
import { replaceTokens } from "./writing/literal";
import { leaves, node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { fail } from "../../core/fail";

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:[0-9]+)?$/;
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const HEADERS = ["Authorization", "Content-Type", SERVICE_KEY_NAMES.header];

/** Which pages of other sites may call the API from a browser. */
export interface CorsProps {
  /** Origins of these pages, for example `https://app.contoso.com`; `*` alone for all. */
  readonly allowedOrigins: string[];

  /**
   * Methods that they may use; `*` for all.
   *
   * @default ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
   */
  readonly allowedMethods?: string[];

  /**
   * Headers that they may send; `*` for all.
   *
   * @default ["Authorization", "Content-Type", "Ocp-Apim-Subscription-Key"]
   */
  readonly allowedHeaders?: string[];

  /**
   * Headers of the response that they may read.
   *
   * @default - those that browsers show to every page
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether browsers send cookies and client certificates along. A header `Authorization` needs no such permission.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * For how many seconds a browser may keep the answer to a preflight request.
   *
   * @default 0
   */
  readonly preflightMaxAgeSeconds?: number;

  /**
   * Whether a request from another origin is answered at once with an empty 200, in place of going its usual way.
   *
   * @default false
   */
  readonly terminateUnmatchedRequest?: boolean;
}

/** See `PolicyStatement.cors`. */
export function cors(props: CorsProps): IPolicyStatement {
  const call = "PolicyStatement.cors";
  const maxAge = optionalNumber(call, "preflightMaxAgeSeconds", props.preflightMaxAgeSeconds, 0);
  const origins = someLiterals(call, "allowedOrigins", props.allowedOrigins, '["https://app.contoso.com"]');
  props.allowedOrigins.forEach((origin) => checkOrigin(call, origin, origins.length));
  const allowCredentials = props.allowCredentials ?? false;
  if (allowCredentials && props.allowedOrigins.includes("*"))
    fail(
      call,
      "credentials-for-everyone",
      'allowCredentials is true while allowedOrigins has "*": any site could act as its visitor. ' +
        'Write the origins that may: allowedOrigins: ["https://app.contoso.com"].',
    );

  // Both attributes are written, since API Management documents two defaults for the second.
  const attributes = {
    "allow-credentials": String(allowCredentials),
    "terminate-unmatched-request": String(props.terminateUnmatchedRequest ?? false),
  };
  const xml = node("cors", attributes, [
    ...leaves("allowed-origins", "origin", origins),
    ...leaves("allowed-methods", "method", methods(call, props.allowedMethods ?? METHODS), {
      "preflight-result-max-age": maxAge,
    }),
    ...leaves("allowed-headers", "header", headers(call, "allowedHeaders", props.allowedHeaders ?? HEADERS)),
    ...(props.exposeHeaders === undefined
      ? []
      : leaves("expose-headers", "header", headers(call, "exposeHeaders", props.exposeHeaders))),
  ]);
  return inbound(PolicySlot.CORS, "cors", xml);
}

function checkOrigin(call: string, origin: string, howMany: number): void {
  if (origin === "*" && howMany === 1) return;
  // A value of Terraform may be a host, or begin with the scheme.
  const valid = ["t", "https://t"].some((value) => ORIGIN.test(replaceTokens(origin, value)));
  if (!valid)
    fail(
      call,
      "invalid-origin",
      `allowedOrigins has "${origin}", which no browser sends. ` +
        `Write scheme, host and, where it is not the usual one, port: "https://app.contoso.com". Or "*" alone, for all.`,
    );
}

function methods(call: string, names: string[]): string[] {
  if (knownList(call, "allowedMethods", names).length === 0) emptyList(call, "allowedMethods", '["GET"]');
  return names.map((name) => {
    if (!/^([A-Z]+|\*)$/.test(name))
      fail(
        call,
        "invalid-http-method",
        `allowedMethods has "${name}", which is no HTTP method. Write it in capital letters, such as "GET", or "*".`,
      );
    return name;
  });
}

function headers(call: string, list: string, names: string[]): string[] {
  if (knownList(call, list, names).length === 0) emptyList(call, list, '["Content-Type"]');
  return names.map((name) => (name === "*" ? name : plainName(call, POLICY_NAMES.header, name)));
}
