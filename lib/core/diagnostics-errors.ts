import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about diagnostics of APIs; see `errors.ts`. */

export function loggerOfOtherGateway(scope: Construct, logger: string, its: string, gateway: string): Error {
  return at(
    scope,
    `The logger "${logger}" is on the gateway "${its}", and this API on "${gateway}". Write a logger on the gateway of the API: ` +
      `new ApimLogger(this, "...", { gateway, applicationInsights }).`,
  );
}

export function diagnosticsTwice(scope: Construct, destination: string): Error {
  return at(
    scope,
    `There are two diagnostics that go to ${destination}, of which an API can have one. Write one, with what both hold.`,
  );
}

export function headerNotLogged(scope: Construct, header: string): Error {
  return at(
    scope,
    `The header "${header}" lets somebody in, or says who a consumer is, and is not logged. Leave it out of headersToLog.`,
  );
}

export function masksChanged(diagnostic: string): string {
  return (
    `What the diagnostics "${diagnostic}" hold and mask was changed after it was set: credentials could be logged. Remove what changes ` +
    `it (addOverride, an aspect), and write headersToLog or .logBodies(bytes, reason) on ApiDiagnostics.`
  );
}
