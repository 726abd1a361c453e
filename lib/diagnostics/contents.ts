import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireList, requireMember } from "../core/given";
import { checkNumber, checkWholeNumber, requireLiteral } from "../core/literal";
import { PropertyNames } from "../core/property-names";
import { isConfidential, Masked } from "./masks";

/** The lowest severity of policy traces that is logged. */
export enum DiagnosticsVerbosity {
  /** All severities. */
  VERBOSE = "verbose",
  /** Information and error. */
  INFORMATION = "information",
  /** Error only. */
  ERROR = "error",
}

/** What the diagnostics of an API log. Credentials with common names are always masked. */
export interface DiagnosticsOptions {
  /**
   * Percentage of requests that are logged, from 0 to 100.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Whether failed requests are always logged, regardless of sampling.
   *
   * @default true
   */
  readonly alwaysLogErrors?: boolean;

  /**
   * Whether the IP addresses of consumers, which are personal data, are logged.
   *
   * @default false
   */
  readonly logClientIp?: boolean;

  /**
   * The lowest severity of policy traces that is logged.
   *
   * @default DiagnosticsVerbosity.INFORMATION
   */
  readonly verbosity?: DiagnosticsVerbosity;

  /**
   * Headers of requests and responses that are logged, as plain strings. A header that is known to contain a credential is an error.
   *
   * @default - none
   */
  readonly headersToLog?: string[];
}

/** The names of its properties. */
export const DIAGNOSTICS_OPTIONS: PropertyNames<DiagnosticsOptions> = {
  alwaysLogErrors: true,
  headersToLog: true,
  logClientIp: true,
  samplingPercentage: true,
  verbosity: true,
};

/** What is logged of one request or response. */
export interface Message {
  readonly bodyBytes: number;
  readonly headers: string[];
  readonly headerMasks: { readonly mode: string; readonly value: string }[];
  readonly queryMasks: Message["headerMasks"];
}

/** What the diagnostics of an API log. azurerm and Azure each have their own form of it. */
export type Contents = ReturnType<typeof checkedContents>;

export function checkedContents(scope: Construct, options: DiagnosticsOptions, masked: Masked, bodyBytes?: number) {
  const headers = checkedHeaders(scope, options.headersToLog ?? [], masked);
  const bytes =
    bodyBytes === undefined ? 0 : checkWholeNumber(scope, "The number of bytes in logBodies", bodyBytes, 1, 8192);
  const [headerMasks, queryMasks] = [masked.headers, masked.queryParameters].map((names) =>
    names.map((value) => ({ mode: "Mask", value })),
  );
  const request: Message = { bodyBytes: bytes, headers, headerMasks, queryMasks };
  return {
    samplingPercentage: checkNumber(scope, "samplingPercentage", options.samplingPercentage ?? 100, 0, 100),
    alwaysLogErrors: options.alwaysLogErrors ?? true,
    logClientIp: options.logClientIp ?? false,
    verbosity: checkedVerbosity(scope, options.verbosity ?? DiagnosticsVerbosity.INFORMATION),
    request,
    response: { ...request, queryMasks: [] },
  };
}

function checkedVerbosity(scope: Construct, verbosity: DiagnosticsVerbosity): DiagnosticsVerbosity {
  return requireMember(scope, "verbosity", verbosity, DiagnosticsVerbosity, "DiagnosticsVerbosity.ERROR");
}

function checkedHeaders(scope: Construct, headers: string[], masked: Masked): string[] {
  for (const header of requireList(scope, "headersToLog", headers, 'headersToLog: ["X-Request-Id"]')) {
    requireLiteral(scope, "Each name in headersToLog", header);
    if (isConfidential(header, masked))
      fail(
        scope,
        "header-not-logged",
        `Header "${header}" cannot be logged: it contains a credential or the identity of a consumer.`,
        "Remove it from headersToLog.",
      );
  }
  return headers;
}
