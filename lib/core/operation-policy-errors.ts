import { Construct } from "constructs";
import type { PolicyFinding } from "../policy/private/finding";
import { at } from "./errors";
import { findingLine } from "./policy-errors";

/* Messages about policies of single operations; see `errors.ts`. */

export function operationPolicyRefused(
  scope: Construct,
  operationId: string,
  findings: readonly PolicyFinding[],
): Error {
  const lines = findings.map((finding) => `- ${finding.source}:${findingLine(finding)}`);
  return at(
    scope,
    [`The policy of the operation "${operationId}" contradicts itself or that of its API:`, ...lines].join("\n"),
  );
}

export function operationWithoutBase(): string {
  return "The inbound section has no <base />: the policy of the API, and with it the gateway's token, would not run.";
}

export function writeBase(): string {
  return "write <base /> in it, last of all unless something must run after the policy of the API";
}

export function tokenGoesElsewhere(): string {
  return "set-backend-service stands after <base />: the gateway's token for the API's backend would go somewhere else.";
}

export function writeBranch(): string {
  return "write another backend as one of the branches of the SecureApimBackend, which gets a token of its own";
}

export function tokenReplaced(element: string): string {
  return `${element} stands after <base />, and takes the place of the gateway's token.`;
}

export function removeElement(element: string): string {
  return `remove the ${element}`;
}

export function callerHeaderForged(): string {
  return "set-header stands after <base /> and sets an X-Caller-* header, which the backend trusts to come from a validated token.";
}

export function writeIdentityInApi(): string {
  return "write PolicyStatement.forwardCallerIdentity() in the policy of the API, or give the header another name";
}

export function validatesGatewayToken(element: string): string {
  return `${element} stands after <base />, where Authorization holds the gateway's token and no longer the consumer's.`;
}

export function moveBeforeBase(element: string): string {
  return `move the ${element} before <base />`;
}

export function copiesToken(element: string): string {
  return `<${element}> copies the request, and with it the gateway's token, to somewhere else.`;
}

export function writeNewRequest(): string {
  return 'write mode="new", and the headers that it needs';
}

export function followsRedirects(): string {
  return "<forward-request> follows redirects, and takes the gateway's token wherever they lead.";
}

export function doNotFollow(): string {
  return 'remove follow-redirects="true": redirects then go to the consumer';
}

export function computedHeader(): string {
  return "<set-header> has a name that is computed, which may be Authorization: it would take the place of the gateway's token.";
}

export function writeName(): string {
  return "write the name";
}

export function misplacedInOperation(scope: Construct, operationId: string, kind: string): Error {
  return at(
    scope,
    `The statement ${kind} in the policy of the operation "${operationId}" is of no effect: the policy of the API takes the ` +
      `X-Caller-* headers off after it. Write it in the policy of the API.`,
  );
}

export function mixedOperationPolicy(scope: Construct, operationId: string): Error {
  return at(
    scope,
    `The policy of the operation "${operationId}" is a document and statements, and nobody can tell on which side of its <base /> ` +
      `they belong. Write the statements into the document, or no document.`,
  );
}

export function unknownOperation(scope: Construct, operationId: string, known: readonly string[]): Error {
  return at(
    scope,
    `The API has no operation "${operationId}", for which there is a policy. Write one of ${known.join(", ")}.`,
  );
}

export function operationPolicyTwice(scope: Construct, operationId: string): Error {
  return at(
    scope,
    `There are two policies for the operation "${operationId}". Write one, with the statements of both.`,
  );
}
