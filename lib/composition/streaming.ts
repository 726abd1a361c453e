import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../core/fail";
import { ApiDiagnostics } from "../diagnostics/api-diagnostics";
import { bufferingIn } from "../policy/findings/streaming";
import { PolicyDocument } from "../policy/policy-document";
import { warn } from "./policy-checks";

/** Warns of what in the policy collects the responses of a backend that sends them in parts. */
export function warnOfBuffering(scope: Construct, document: PolicyDocument, ofOperation = false): void {
  const { target, inserted } = document._analyze();
  warn(scope, bufferingIn(target, inserted, ofOperation));
}

/**
 * The same for diagnostics that log bodies.
 *
 * @see https://learn.microsoft.com/azure/api-management/how-to-server-sent-events#guidelines-for-sse
 */
export function warnOfLoggedBodies(scope: Construct, diagnostics: readonly ApiDiagnostics[]): void {
  if (!diagnostics.some(({ _logsBodies }) => _logsBodies)) return;
  Annotations.of(scope).addWarning(
    finding(
      "logged-bodies-buffered",
      "The backend streams its responses, but diagnostics that log bodies can collect them, so consumers get a streamed answer all at once.",
      "Remove .logBodies(...). To log the number of tokens, write PolicyStatement.llmEmitTokenMetric({ dimensions: [...] }).",
    ),
  );
}

/** A fragment has no backend section. */
export function announceStreaming(scope: Construct): void {
  Annotations.of(scope).addInfo(
    finding(
      "streaming-in-including-policy",
      "The backend of this fragment streams its responses, but a fragment cannot say how requests are forwarded.",
      'Write <forward-request buffer-response="false" /> in the <backend> section of the policy that includes it.',
    ),
  );
}
