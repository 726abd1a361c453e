import { Construct } from "constructs";
import { fail } from "../core/fail";
import { ConflictResolution } from "../policy/conflict-resolution";
import { Located, locatedInDocument, locatedInStatement, valuesOf } from "../policy/findings/located";
import { forwards, READERS, RESPONSE_BODY } from "../policy/findings/streaming";
import { PolicyDocument } from "../policy/policy-document";
import { PolicyStatement } from "../policy/policy-statement";
import { PolicySection } from "../policy/statement";
import { attributeOf, SourceElement } from "../policy/syntax/source-tree";

/**
 * The document with a response that is passed on as it comes. An MCP server keeps its response open and sends events in it, so whatever
 * collects the response breaks the server.
 *
 * @see https://learn.microsoft.com/azure/api-management/export-rest-mcp-server
 */
export function streamed(document: PolicyDocument): PolicyDocument {
  if (policiesOf(document).some(forwards)) return document;
  return document
    .merge(PolicyDocument.of(PolicyStatement.forwardRequest({ bufferResponse: false })))
    .resolve(ConflictResolution.REPLACE_FORWARDING);
}

/** The policies of the document and of the statements that are merged into it, each at its place. */
export function policiesOf(document: PolicyDocument): Located[] {
  const { target, inserted } = document._analyze();
  return [...locatedInDocument(target), ...inserted.flatMap(locatedInStatement)];
}

/** Policies that need the whole body of a response, or replace it. */
const COLLECTING = new Set([
  ...READERS,
  "set-body",
  "redirect-content-urls",
  "jsonp",
  "llm-semantic-cache-store",
  "azure-openai-semantic-cache-store",
]);

/** A policy of the document with its place, for messages. */
export function named({ name, source, line, column }: Located): string {
  return `<${name}> (${source}:${line}:${column})`;
}

/** Refuses what collects responses in the policy of an MCP server. */
export function checkStreamed(scope: Construct, document: PolicyDocument): void {
  const { target } = document._analyze();
  const policies = policiesOf(document);
  const reader = policies.find((each) => valuesOf(target, each).some(({ value }) => RESPONSE_BODY.test(value)));
  if (reader)
    fail(
      scope,
      "mcp-response-read",
      `${named(reader)} reads the body of the response, so API Management collects the response, and the MCP server cannot send events.`,
      "Remove it. A policy of an MCP server can read the request, and the status and the headers of the response.",
    );
  const collector = policies.find(collects);
  if (collector)
    fail(
      scope,
      "mcp-response-collected",
      `${named(collector)} needs the whole response, so API Management collects it, and the MCP server cannot send events.`,
      "Remove it, or move it to the policy of the API whose operations are the tools.",
    );
  const forwarding = policies.filter(forwards).find(({ element }) => !isUnbuffered(element));
  if (forwarding)
    fail(
      scope,
      "mcp-response-buffered",
      `${named(forwarding)} buffers the response, so the MCP server cannot send events.`,
      'Write buffer-response="false" on it, or bufferResponse: false in PolicyStatement.forwardRequest and PolicyStatement.retry.',
    );
}

function collects({ element, section, aside }: Located): boolean {
  const isOfResponse = section === PolicySection.OUTBOUND || section === PolicySection.ON_ERROR;
  return isOfResponse && !aside && COLLECTING.has(element.name);
}

function isUnbuffered(element: SourceElement): boolean {
  return attributeOf(element, "buffer-response")?.trim() === "false";
}
