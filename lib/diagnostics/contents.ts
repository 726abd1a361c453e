import { requireLiteral } from "../core/literal";
import { Construct } from "constructs";
import { checkNumber, checkWholeNumber } from "../core/number-range";
import { DiagnosticsOptions, DiagnosticsVerbosity } from "./diagnostics-options";
import { isKept, Masked } from "./masked";
import { fail } from "../core/fail";

/** A header or query parameter whose value is not shown, as Azure writes it. */
interface Mask {
  readonly mode: string;
  readonly value: string;
}

/** What diagnostics hold of one request or response. */
export interface Message {
  readonly bodyBytes: number;
  readonly headers: string[];
  readonly headerMasks: Mask[];
  readonly queryMasks: Mask[];
}

/** What the diagnostics of an API hold, checked; in words of our own, which azurerm and Azure write differently. */
export class Contents {
  public readonly samplingPercentage: number;
  public readonly alwaysLogErrors: boolean;
  public readonly logClientIp: boolean;
  public readonly verbosity: DiagnosticsVerbosity;
  public readonly request: Message;
  public readonly response: Message;

  constructor(scope: Construct, options: DiagnosticsOptions, masked: Masked, bodyBytes?: number) {
    const headers = checkedHeaders(scope, options.headersToLog ?? [], masked);
    const bytes = bodyBytes === undefined ? 0 : checkWholeNumber(scope, "bytes of logBodies", bodyBytes, 1, 8192);
    this.samplingPercentage = checkNumber(scope, "samplingPercentage", options.samplingPercentage ?? 100, 0, 100);
    this.alwaysLogErrors = options.alwaysLogErrors ?? true;
    this.logClientIp = options.logClientIp ?? false;
    this.verbosity = options.verbosity ?? DiagnosticsVerbosity.INFORMATION;
    const [headerMasks, queryMasks] = [masked.headers, masked.queryParameters].map((names) =>
      names.map((value) => ({ mode: "Mask", value })),
    );
    this.request = { bodyBytes: bytes, headers, headerMasks, queryMasks };
    this.response = { ...this.request, queryMasks: [] };
  }
}

function checkedHeaders(scope: Construct, headers: string[], masked: Masked): string[] {
  for (const header of headers) {
    requireLiteral(scope, "headersToLog", header);
    if (isKept(header, masked))
      fail(
        scope,
        "header-not-logged",
        `The header "${header}" lets somebody in, or says who a consumer is, and is not logged. Leave it out of headersToLog.`,
      );
  }
  return headers;
}

export function masksChanged(diagnostic: string): string {
  return (
    `What the diagnostics "${diagnostic}" hold and mask was changed after it was set: credentials could be logged. Remove what changes ` +
    `it (addOverride, an aspect), and write headersToLog or .logBodies(bytes, reason) on ApiDiagnostics.`
  );
}
