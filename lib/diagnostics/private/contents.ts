import { Construct } from "constructs";
import * as errors from "../../core/diagnostics-errors";
import { tokenForLiteral } from "../../core/errors";
import { checkNumber, checkWholeNumber } from "../../core/number-range";
import { isToken } from "../../core/tokens";
import { DiagnosticsOptions, DiagnosticsVerbosity } from "../diagnostics-options";
import { isKept, Masked } from "./masked";

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
    if (isToken(header)) throw tokenForLiteral(scope, "headersToLog");
    if (isKept(header, masked)) throw errors.headerNotLogged(scope, header);
  }
  return headers;
}
