import { requireLiteral } from "../core/literal";
import { Construct } from "constructs";
import { checkNumber, checkWholeNumber } from "../core/number-range";
import { DiagnosticsOptions, DiagnosticsVerbosity } from "./diagnostics-options";
import { isConfidential, Masked } from "./masked";
import { fail, finding } from "../core/fail";

/** A header or query parameter whose value is masked, in Azure's form. */
interface Mask {
  readonly mode: string;
  readonly value: string;
}

/** What is logged of one request or response. */
export interface Message {
  readonly bodyBytes: number;
  readonly headers: string[];
  readonly headerMasks: Mask[];
  readonly queryMasks: Mask[];
}

/** What the diagnostics of an API log, checked. azurerm and Azure each have their own form of it. */
export class Contents {
  public readonly samplingPercentage: number;
  public readonly alwaysLogErrors: boolean;
  public readonly logClientIp: boolean;
  public readonly verbosity: DiagnosticsVerbosity;
  public readonly request: Message;
  public readonly response: Message;

  constructor(scope: Construct, options: DiagnosticsOptions, masked: Masked, bodyBytes?: number) {
    const headers = checkedHeaders(scope, options.headersToLog ?? [], masked);
    const bytes =
      bodyBytes === undefined ? 0 : checkWholeNumber(scope, "The number of bytes in logBodies", bodyBytes, 1, 8192);
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

/** The finding for a diagnostic that logs something else than was set. */
export function masksChanged(diagnostic: string): string {
  return finding(
    "masks-changed",
    `What the diagnostics "${diagnostic}" log and mask was changed after it was set, so credentials could be logged.`,
    "Remove what changes it (addOverride, an aspect). Write headersToLog or .logBodies(bytes, reason) on ApiDiagnostics.",
  );
}
