import { Construct } from "constructs";
import { ApiManagementApiImport } from "@cdktf/provider-azurerm/lib/api-management-api";
import { NAME_RULES } from "../../gateway/name-rules";
import { escapeTemplates } from "../../core/terraform-template";
import { readUtf8 } from "../../core/text-file";
import { infoOf, OpenApiInfo } from "./info";
import { isObject, JsonObject, listOf, Problem, textOf } from "./json";
import { omissions } from "./omissions";
import { nameOf, pathsOf } from "./operations";
import { referenceProblems, referencesOf } from "./references";
import { headProblems, pathProblems } from "./refusals";
import { inOrder, OpenApiSource } from "./source";
import { fail } from "../../core/fail";

/**
 * What API Management takes within a request. It says 4 MB; this is the larger of the two readings.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#openapi-specifications
 */
const MOST_BYTES = 4 * 1024 * 1024;

/** An OpenAPI document that API Management can import. */
export interface OpenApiDocument {
  /** The text to import, as it stands in Terraform's configuration. */
  readonly content: ApiManagementApiImport;
  readonly info: OpenApiInfo;
  /** Path of the first server, if an API on the gateway can have it. */
  readonly path?: string;
  /** The names that API Management gives to the operations. */
  readonly operationIds: string[];
  readonly passesOptions: boolean;
  /** What is to be known of it. */
  readonly warnings: string[];
}

/**
 * Reads a document from a file and checks it, as far as can be said without API Management. Newlines are made those of Unix, so
 * that a checkout on Windows is no other document.
 */
export function readOpenApi(scope: Construct, file: string): OpenApiDocument {
  const text = readUtf8({ path: file, what: "The OpenAPI document", place: scope });
  const written = text.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  const source = new OpenApiSource(written);
  if (source.broken.length > 0) refusedDocument(scope, file, inOrder(source.broken));
  const root = source.value;
  if (!isObject(root)) {
    refusedDocument(
      scope,
      file,
      source.located([{ trail: [], message: "There is no OpenAPI document here. Write openapi, info and paths." }]),
    );
  }

  const paths = pathsOf(root);
  const references = referencesOf(root);
  const problems = [...headProblems(root), ...pathProblems(paths), ...referenceProblems(root, references)];
  const refusals = [...source.repeatedKeys, ...source.located([...problems, ...unquoted(root, source.isJson)])];
  if (refusals.length > 0) refusedDocument(scope, file, inOrder(refusals));

  const { format, content } = imported(root, written, source.isJson);
  const bytes = Buffer.byteLength(content);
  if (bytes > MOST_BYTES) documentTooLarge(scope, file, bytes, MOST_BYTES);
  const omitted = inOrder(source.located(omissions(root, paths, references)));
  const operations = paths.flatMap((path) => path.operations);
  return {
    content: { contentFormat: format, contentValue: escapeTemplates(content) },
    info: infoOf(root),
    path: pathOf(root),
    operationIds: [...new Set(operations.map(nameOf))],
    passesOptions: operations.some(({ method }) => method === "options"),
    warnings: [
      ...(omitted.length > 0
        ? [listFindings(`Of the OpenAPI document ${file} API Management leaves out:`, file, omitted)]
        : []),
      ...sizeWarning(file, content, bytes),
    ],
  };
}

/** API Management reads Swagger as JSON only, so that YAML is written anew. */
function imported(root: JsonObject, text: string, isJson: boolean): { format: string; content: string } {
  if ("openapi" in root) return { format: isJson ? "openapi+json" : "openapi", content: text };
  return { format: "swagger-json", content: isJson ? text : toJson(root) };
}

/** JSON takes a title or a version without quotes for a number, which OpenAPI does not allow; YAML of OpenAPI stays as it is. */
function unquoted(root: JsonObject, isJson: boolean): Problem[] {
  if (!isJson && "openapi" in root) return [];
  const info = isObject(root.info) ? root.info : {};
  return ["title", "version"]
    .filter((field) => textOf(info[field]) !== undefined && typeof info[field] !== "string")
    .map((field) => ({ trail: ["info", field], message: `info.${field} is a number. Write it in quotes.` }));
}

/** A NUL, which YAML cannot hold, marks the integers whose digits a number would lose. */
function toJson(root: JsonObject): string {
  const marked = JSON.stringify(root, (_, value) => (typeof value === "bigint" ? `\0${value}` : value));
  return marked.replace(/"\\u0000(-?\d+)"/g, "$1");
}

function pathOf({ servers, basePath }: JsonObject): string | undefined {
  const [server] = listOf(servers);
  const url = textOf(isObject(server) ? server.url : basePath) ?? "";
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, "").replace(/^\/+|\/+$/g, "");
  return path !== "" && NAME_RULES.apiPath.pattern.test(path) ? path : undefined;
}

function sizeWarning(file: string, content: string, bytes: number): string[] {
  if (bytes < MOST_BYTES / 2) return [];
  const escaped = Buffer.byteLength(JSON.stringify(content));
  return escaped > MOST_BYTES ? [requestPerhapsTooLarge(file, escaped, MOST_BYTES)] : [];
}

const ELSEWHERE =
  'Publish the document where API Management can fetch it, and write ApiSurface.openApiUrl("https://...", { ... })';

export function documentTooLarge(scope: Construct, path: string, bytes: number, limit: number): never {
  fail(
    scope,
    "document-too-large",
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

export function refusedDocument(scope: Construct, path: string, findings: readonly OpenApiFinding[]): never {
  fail(scope, "refused-document", listFindings(`The OpenAPI document ${path} cannot be imported:`, path, findings));
}

import { listFindings, OpenApiFinding } from "./finding";
