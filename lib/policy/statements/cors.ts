import { fail } from "../../core/fail";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { SERVICE_KEY_NAMES, POLICY_NAMES } from "../names";
import { literals, optionalNumber, plainName, someEntries } from "./writing/arguments";
import { replaceTokens } from "./writing/literal";
import { ValueKind } from "./writing/terraform-value";
import { leaves, node } from "./writing/xml";

const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:[0-9]+)?$/;
/** The same for Terraform: without groups, backslashes and IPv6. */
const AN_ORIGIN: ValueKind = {
  pattern: /^[a-z][a-z0-9+.-]*:[/]{2}[A-Za-z0-9._-]+(?::[0-9]+)?$/,
  expected: "an origin such as https://app.contoso.com, not *",
};
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const HEADERS = ["Authorization", "Content-Type", SERVICE_KEY_NAMES.header];

/** Which web pages of other origins may call the API from a browser. */
export interface CorsProps {
  /** Origins of these pages, for example `https://app.contoso.com`; `*` as the only entry for all origins. */
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
   * @default - the headers that browsers show to every page
   */
  readonly exposeHeaders?: string[];

  /**
   * Whether browsers send cookies and client certificates. The header `Authorization` does not need this.
   *
   * @default false
   */
  readonly allowCredentials?: boolean;

  /**
   * Seconds for which a browser can cache the answer to a preflight request.
   *
   * @default 0
   */
  readonly preflightMaxAgeSeconds?: number;

  /**
   * Whether the gateway answers a request from another origin with an empty 200 instead of forwarding it.
   *
   * @default false
   */
  readonly terminateUnmatchedRequest?: boolean;
}

/** The names of its properties. */
const CORS_PROPS: PropertyNames<CorsProps> = {
  allowedOrigins: true,
  allowCredentials: true,
  allowedHeaders: true,
  allowedMethods: true,
  exposeHeaders: true,
  preflightMaxAgeSeconds: true,
  terminateUnmatchedRequest: true,
};

export function cors(props: CorsProps): StatementConfig {
  const call = "PolicyStatement.cors";
  requireOnly(call, call, props, {
    names: CORS_PROPS,
    example: 'PolicyStatement.cors({ allowedOrigins: ["https://app.contoso.com"] })',
  });
  const maxAge = optionalNumber(call, "preflightMaxAgeSeconds", props.preflightMaxAgeSeconds, 0);
  const origins = someEntries(call, "allowedOrigins", props.allowedOrigins, '["https://app.contoso.com"]');
  const writtenOrigins = literals(call, "allowedOrigins", origins, AN_ORIGIN);
  origins.forEach((origin) => checkOrigin(call, origin, origins.length));
  const allowCredentials = props.allowCredentials ?? false;
  if (allowCredentials && origins.includes("*"))
    fail(
      call,
      "cors-credentials-for-all-origins",
      'With allowCredentials: true and allowedOrigins: ["*"], any website could act as its visitor.',
      'Write the origins that you trust: allowedOrigins: ["https://app.contoso.com"].',
    );

  const exposed = props.exposeHeaders ?? undefined;
  // Both attributes are written, since API Management documents two defaults for the second.
  const attributes = {
    "allow-credentials": String(allowCredentials),
    "terminate-unmatched-request": String(props.terminateUnmatchedRequest ?? false),
  };
  const xml = node("cors", attributes, [
    ...leaves("allowed-origins", "origin", writtenOrigins),
    ...leaves("allowed-methods", "method", methods(call, props.allowedMethods ?? METHODS), {
      "preflight-result-max-age": maxAge,
    }),
    ...leaves("allowed-headers", "header", headers(call, "allowedHeaders", props.allowedHeaders ?? HEADERS)),
    ...leaves("expose-headers", "header", exposed && headers(call, "exposeHeaders", exposed)),
  ]);
  return inbound(PolicySlot.CORS, "cors", xml);
}

function checkOrigin(call: string, origin: string, howMany: number): void {
  if (origin === "*" && howMany === 1) return;
  // A Terraform value can be a host, or begin with the scheme.
  const valid = ["t", "https://t"].some((value) => ORIGIN.test(replaceTokens(origin, value)));
  if (!valid)
    fail(
      call,
      "invalid-cors-origin",
      `The entry "${origin}" of allowedOrigins is not an origin that a browser sends.`,
      'Write the scheme, the host and, unless it is the default, the port: "https://app.contoso.com". ' +
        'For all origins, write "*" as the only entry.',
    );
}

function methods(call: string, names: string[]): string[] {
  return someEntries(call, "allowedMethods", names, '["GET"]').map((name) => {
    if (!/^([A-Z]+|\*)$/.test(name))
      fail(
        call,
        "invalid-cors-method",
        `The entry "${name}" of allowedMethods is not an HTTP method.`,
        'Write it in capital letters, such as "GET", or write "*".',
      );
    return name;
  });
}

function headers(call: string, list: string, names: string[]): string[] {
  const entries = someEntries(call, list, names, '["Content-Type"]');
  return entries.map((name) => (name === "*" ? name : plainName(call, POLICY_NAMES.header, name)));
}
