import { Construct } from "constructs";
import { at } from "./errors";

/*
 * Messages about OpenAPI documents; see `errors.ts`. A function that returns a text says what is wrong at one place, which the
 * list of all findings completes with file, line and column.
 */

/** Something at one place of a document; line and column count from 1. */
export interface OpenApiFinding {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** More would not be read, and one mistake often makes many. */
const MOST_FINDINGS = 20;

const ELSEWHERE =
  'Publish the document where API Management can fetch it, and write ApiSurface.openApiUrl("https://...", { ... })';

// The file

export function unreadableDocument(scope: Construct, path: string, reason: string): Error {
  return at(
    scope,
    `The OpenAPI document cannot be read: ${reason}. Write the path of a file, relative to the directory the app runs in: ` +
      `ApiSurface.openApiFile("${path}").`,
  );
}

export function documentNotUtf8(scope: Construct, path: string): Error {
  return at(scope, `The OpenAPI document ${path} is not encoded in UTF-8. Save it as UTF-8.`);
}

export function documentTooLarge(scope: Construct, path: string, bytes: number, limit: number): Error {
  return at(
    scope,
    `The OpenAPI document ${path} takes ${bytes} bytes, and API Management accepts ${limit} within a request. ${ELSEWHERE}.`,
  );
}

export function requestPerhapsTooLarge(path: string, bytes: number, limit: number): string {
  return (
    `The OpenAPI document ${path} takes ${bytes} bytes in a request, where its quotes and newlines are escaped, and Azure Resource ` +
    `Manager may refuse more than ${limit}. ${ELSEWHERE} if it answers 413.`
  );
}

// The lists

export function refusedDocument(scope: Construct, path: string, findings: readonly OpenApiFinding[]): Error {
  return at(scope, list(`The OpenAPI document ${path} cannot be imported:`, path, findings));
}

export function partlyImported(path: string, findings: readonly OpenApiFinding[]): string {
  return list(`Of the OpenAPI document ${path} API Management leaves out:`, path, findings);
}

function list(head: string, path: string, findings: readonly OpenApiFinding[]): string {
  const shown = findings.slice(0, MOST_FINDINGS);
  const lines = shown.map(({ line, column, message }) => `- ${path}:${line}:${column} ${message}`);
  const more = findings.length - shown.length;
  return [head, ...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join("\n");
}

// What the import refuses

export function brokenSyntax(problem: string): string {
  return `It is neither JSON nor YAML from here on: ${problem.replace(/\.?$/, ".")} Correct it here or just before.`;
}

export function secondDocument(): string {
  return "A second document begins here, and a file holds one. Write it into a file of its own.";
}

export function repeatedKey(key: string): string {
  return `The key "${key}" is there twice. Remove one of them.`;
}

export function noObject(): string {
  return "There is no OpenAPI document here. Write openapi, info and paths.";
}

export function noVersion(): string {
  return 'Neither openapi nor swagger says of what version the document is. Write openapi: "3.0.3".';
}

export function otherVersion(field: string, version: string): string {
  const write = field === "swagger" ? '"2.0", in quotes' : '"3.0.3" or "3.1.0", in quotes';
  return `${field} is ${version}, which API Management does not import. Write ${write}.`;
}

export function missingInfo(field: string): string {
  return `info has no ${field}. Write ${field}: "...", in quotes.`;
}

export function unquotedInfo(field: string): string {
  return `info.${field} is a number. Write it in quotes.`;
}

export function noOperation(): string {
  return "The document has no operation, and nothing could be called. Write one below paths.";
}

export function emptyOperation(method: string, path: string): string {
  return `The operation ${method} of "${path}" is empty. Write its responses, or remove it.`;
}

export function pathWithoutSlash(path: string): string {
  return `The path "${path}" has no slash in front. Write "/${path}".`;
}

export function unmatchedBraces(path: string): string {
  return `The braces in the path "${path}" do not match. Write each parameter as {name}.`;
}

export function samePlaceholder(path: string, name: string): string {
  return `The path "${path}" has {${name}} twice, whatever its case. Give the parameters different names.`;
}

export function undeclaredParameter(method: string, path: string, name: string): string {
  return (
    `The path "${path}" has {${name}}, and ${method} has no such parameter. Declare it among its parameters, with name: ${name}, ` +
    `in: path and required: true.`
  );
}

export function unusedParameter(path: string, name: string): string {
  return `The parameter "${name}" is in: path, and the path "${path}" has no {${name}}. Write {${name}} in it, or remove the parameter.`;
}

export function queryLikePath(path: string, name: string): string {
  return (
    `The required query parameter "${name}" has the name of one in the path "${path}", and API Management makes both parameters of ` +
    `one URL template. Give one of them another name.`
  );
}

export function repeatedOperationId(operationId: string, method: string, path: string): string {
  return `The operationId "${operationId}" is that of ${method} "${path}". Write another one.`;
}

export function sameOperation(method: string, path: string, other: string): string {
  return `${method} of "${path}" takes the same requests as that of "${other}". Remove one of them.`;
}

export function traceOperation(path: string): string {
  return `The operation trace of "${path}" would send requests back as they arrived, the gateway's token included. Remove it.`;
}

export function externalReference(reference: string): string {
  return `The reference "${reference}" leads out of the document, and API Management reads nothing else. Bundle the documents into one.`;
}

export function danglingReference(reference: string): string {
  return `The reference "${reference}" leads nowhere. Write what it names, or correct it.`;
}

// What the import leaves out

export function others(message: string, count: number): string {
  return count === 0 ? message : `${message} And so at ${count} more places.`;
}

export function securityIgnored(): string {
  return "security: it protects nothing here. Write a policy, such as PolicyStatement.requireEntraToken({ ... }), for what it says.";
}

export function serversIgnored(): string {
  return "servers of a path or an operation: all are called at the address of the backend.";
}

export function callbacksIgnored(): string {
  return "callbacks.";
}

export function cookieIgnored(): string {
  return "a parameter in a cookie.";
}

export function formIgnored(): string {
  return "a form parameter.";
}

export function bodyIgnored(): string {
  return "the request body of a GET, HEAD or OPTIONS operation.";
}

export function styleIgnored(): string {
  return "style and explode of a query parameter: arrays are read as style: form with explode: true.";
}

export function recursionIgnored(): string {
  return "a schema that contains itself: API Management does not support recursive ones.";
}

export function sameOperationName(operationId: string, name: string): string {
  return `the operationId "${operationId}": it becomes the name "${name}", which another operation has, and gets a number behind it.`;
}

export function newerPatch(version: string): string {
  return `what version ${version} has added to 3.0.3, if it uses it.`;
}

// The link

export function insecureDocumentUrl(scope: Construct, url: string): Error {
  return at(
    scope,
    `The OpenAPI document would be fetched from "${url}", which is no https:// address, and could be changed on its way. ` +
      `Write ApiSurface.openApiUrl("https://...", { ... }), or ApiSurface.openApiFile("...") for a file.`,
  );
}

export function credentialsInDocumentUrl(scope: Construct): Error {
  return at(
    scope,
    "The address of the OpenAPI document has a user name, a password or a signature in it (not shown here): it would be stored in " +
      'plain text in Terraform\'s state. Write an address that needs none, or ApiSurface.openApiFile("...") for a file.',
  );
}

export function pathOfOtherVersion(scope: Construct, path: string, versionSet: string): Error {
  return at(
    scope,
    `The path "${path}" is given beside a version, whose path is that of the version set "${versionSet}". Write its own: ` +
      `path: versionSet.path.`,
  );
}
