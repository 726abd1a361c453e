import { Annotations, Token } from "cdktf";
import { Construct } from "constructs";
import * as errors from "../../core/diagnostics-errors";
import { tokenForLiteral } from "../../core/errors";
import { isToken } from "../../core/tokens";
import { DiagnosticsOptions, DiagnosticsVerbosity } from "../diagnostics-options";
import { isKept, Masked } from "./masked";

/** What diagnostics hold of one request or response. */
export interface Message {
  readonly bodyBytes: number;
  readonly headers: readonly string[];
  readonly maskedHeaders: readonly string[];
  readonly maskedQueryParameters: readonly string[];
}

/** What the diagnostics of an API hold, checked; in words of our own, which azurerm and Azure write differently. */
export class Contents {
  public readonly samplingPercentage: number;
  public readonly alwaysLogErrors: boolean;
  public readonly logClientIp: boolean;
  public readonly verbosity: DiagnosticsVerbosity;
  public readonly request: Message;
  public readonly response: Message;

  constructor(
    scope: Construct,
    options: DiagnosticsOptions,
    masked: Masked,
    bodies?: { readonly bytes: number; readonly reason: string },
  ) {
    const headers = checkedHeaders(scope, options.headersToLog ?? [], masked);
    const bodyBytes = bodies ? checked(scope, "bytes of logBodies", bodies.bytes, 1, 8192, true) : 0;
    this.samplingPercentage = checked(scope, "samplingPercentage", options.samplingPercentage ?? 100, 0, 100, false);
    this.alwaysLogErrors = options.alwaysLogErrors ?? true;
    this.logClientIp = options.logClientIp ?? false;
    this.verbosity = options.verbosity ?? DiagnosticsVerbosity.INFORMATION;
    this.request = { bodyBytes, headers, maskedHeaders: masked.headers, maskedQueryParameters: masked.queryParameters };
    this.response = { ...this.request, maskedQueryParameters: [] };
    if (bodies) Annotations.of(scope).addInfo(`Bodies of requests and responses are logged: ${bodies.reason}`);
  }
}

function checkedHeaders(scope: Construct, headers: readonly string[], masked: Masked): readonly string[] {
  for (const header of headers) {
    if (isToken(header)) throw tokenForLiteral(scope, "headersToLog");
    if (isKept(header, masked)) throw errors.headerNotLogged(scope, header);
  }
  return headers;
}

function checked(scope: Construct, name: string, value: number, min: number, max: number, whole: boolean): number {
  const fits = !Token.isUnresolved(value) && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (!fits) throw errors.diagnosticsOutOfRange(scope, name, value, min, max, whole);
  return value;
}
