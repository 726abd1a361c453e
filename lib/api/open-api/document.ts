import { randomUUID } from "crypto";
import { Construct } from "constructs";
import { fail, finding } from "../../core/fail";
import { readUtf8 } from "../../core/text-file";
import { NAME_RULES } from "../../gateway/name-rules";
import type { DocumentInfo } from "../new-api";
import { Content, contentOf } from "./content";
import { FindingList, OpenApiFinding } from "./findings/finding";
import { componentFindings } from "./findings/components";
import { tooManyOperations } from "./findings/syntax";
import { headFindings, titleFindings } from "./findings/head";
import { ignoredParts, renamedOperations } from "./findings/omissions";
import { emptyOperations, parameterFindings, pathFindings, sameIds, sameRequests } from "./findings/operations";
import { infoOf, isGiven, OwnTexts } from "./info";
import { referenceFindings } from "./references";
import { isObject, JsonObject, listOf, textOf } from "./json";
import { OpenApiSource } from "./source";

/**
 * What API Management accepts within a request. It says 4 MB, and this is the larger of the two readings.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#openapi-specifications
 */
const LIMIT_IN_BYTES = 4 * 1024 * 1024;

/** What API Management refuses, and what is not passed on to it: kinds of findings, each in the order of the document. */
const REFUSALS: readonly ((content: Content) => Iterable<OpenApiFinding>)[] = [
  headFindings,
  pathFindings,
  parameterFindings,
  emptyOperations,
  sameIds,
  sameRequests,
  componentFindings,
  referenceFindings,
];

/** An OpenAPI document that API Management can import. */
export interface OpenApiDocument {
  /** How API Management reads the text. */
  readonly format: "openapi" | "openapi+json" | "swagger-json";
  readonly text: string;
  /** What it says of itself, as it is written. */
  readonly info: DocumentInfo;
  /** Path of the first server, if an API on the gateway can have it. */
  readonly path?: string;
  /** The names that API Management gives to the operations. */
  readonly operationIds: string[];
  readonly passesOptions: boolean;
  readonly warnings: string[];
}

/** The file of a document, and the API that it describes. */
interface OpenApiFile {
  readonly scope: Construct;
  readonly path: string;
  readonly own: OwnTexts;
}

/**
 * Reads a document from a file, and checks what can be checked without API Management. Line breaks become those of Unix, so that a
 * checkout on Windows gives the same document.
 */
export function readOpenApi(scope: Construct, path: string, own: OwnTexts = {}): OpenApiDocument {
  const file = { scope, path, own };
  const written = textOfFile(file);
  const source = new OpenApiSource(written);
  const content = checkedContent(file, source);
  const { root, operations } = content;
  const { format, text } = imported(root, written, source);
  checkSize(file, text);
  return {
    format,
    text,
    info: infoOf(root, own),
    path: pathOf(root),
    operationIds: [...new Set(operations.map(({ name }) => name))],
    passesOptions: operations.some(({ method }) => method === "options"),
    warnings: [...omissionWarning(file, source, content), ...sizeWarning(file, text)],
  };
}

function textOfFile(file: OpenApiFile): string {
  const { scope, path } = file;
  if (/^https?:\/\//i.test(path))
    fail(
      scope,
      "open-api-file-at-address",
      "ApiSurface.openApiFile received an address, and reads files only.",
      'Write ApiSurface.openApiUrl("https://...", { ... }), or download the document and write its path.',
    );
  // Line breaks of Windows take a byte more.
  const text = readUtf8({ path, what: "The OpenAPI document", place: scope, maxBytes: 2 * LIMIT_IN_BYTES });
  const written = text.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  checkSize(file, written);
  return written;
}

function checkSize({ scope, path }: OpenApiFile, text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes > LIMIT_IN_BYTES)
    fail(
      scope,
      "open-api-too-large",
      `The OpenAPI document ${path} has ${bytes} bytes. API Management accepts at most ${LIMIT_IN_BYTES} in a request.`,
      'Publish it where API Management can fetch it, and write ApiSurface.openApiUrl("https://...", { ... }).',
    );
}

/** The parts of the document, in which nothing is found that API Management would refuse. */
function checkedContent(file: OpenApiFile, source: OpenApiSource): Content {
  const { broken } = source;
  if (broken) {
    const first = new FindingList();
    first.add(() => broken);
    refuse(file, source, [first]);
  }
  const root = source.value;
  if (!isObject(root)) {
    const message = finding(
      "open-api-missing",
      "The file has no OpenAPI document.",
      "Write an object with openapi, info and paths.",
    );
    refuse(file, source, [source.located([{ trail: [], message }])]);
  }
  const content = contentOf(root, source);
  if (!content) refuse(file, source, [source.located([tooManyOperations(root)])]);
  const kinds = isGiven(file.own.displayName) ? REFUSALS : [titleFindings, ...REFUSALS];
  const refusals = [source.repeatedKeys, ...kinds.map((findingsIn) => source.located(findingsIn(content)))];
  if (!refusals.every(({ isEmpty }) => isEmpty)) refuse(file, source, refusals);
  return content;
}

function refuse({ scope, path }: OpenApiFile, source: OpenApiSource, findings: readonly FindingList[]): never {
  const findingLines = source.listed(path, findings);
  fail(
    scope,
    "open-api-refused",
    `The API cannot be created from the OpenAPI document ${path}:\n${findingLines}\n`,
    "Correct the document at these places.",
  );
}

/** API Management reads Swagger only in JSON, and does not say whether it merges keys, so these documents are converted. */
function imported(
  root: JsonObject,
  text: string,
  { isJson, mergesKeys }: OpenApiSource,
): Pick<OpenApiDocument, "format" | "text"> {
  const converted = isJson || ("openapi" in root && !mergesKeys) ? text : toJson(root);
  if ("swagger" in root && !("openapi" in root)) return { format: "swagger-json", text: converted };
  return { format: isJson || mergesKeys ? "openapi+json" : "openapi", text: converted };
}

/** JSON has no `bigint`: it is written as a string with a mark that no document can have, and then without mark and quotes. */
function toJson(root: JsonObject): string {
  const mark = randomUUID();
  const marked = JSON.stringify(root, (_, value) => (typeof value === "bigint" ? `${mark}${value}` : value));
  return marked.replace(new RegExp(`"${mark}(-?\\d+)"`, "g"), "$1");
}

function pathOf({ servers, basePath }: JsonObject): string | undefined {
  const [server] = listOf(servers);
  const path = serverPath(isObject(server) ? (textOf(server.url) ?? "") : `https://host/${textOf(basePath) ?? ""}`);
  return path !== "" && NAME_RULES.apiPath.pattern.test(path) ? path : undefined;
}

/** The path in the address of a server, which may have no scheme, or neither scheme nor host. One that leads upwards has none. */
function serverPath(url: string): string {
  const [address] = url.split(/[?#]/, 1);
  const [, scheme, rest] = /^((?:[a-z][a-z+.-]*|\{[^{}]*\}):)?(.*)$/is.exec(address) ?? [];
  const isRooted = rest.startsWith("/");
  const [first = "", ...others] = (rest.startsWith("//") ? rest.slice(2) : rest).split("/");
  const isHost =
    scheme !== undefined || rest.startsWith("//") || (!isRooted && isHostName(first, others.join("") !== ""));
  const segments = (isHost ? others : [first, ...others]).filter((segment) => segment !== "" && segment !== ".");
  return segments.includes("..") ? "" : segments.join("/");
}

/** Whether the beginning of an address without a scheme is a host: `contoso.com`, or a name before a path, but no version. */
function isHostName(first: string, hasPath: boolean): boolean {
  return (hasPath || first.includes(".")) && !/^(?:\.+|v?\d+(?:\.\d+){0,2})$/i.test(first);
}

function omissionWarning({ path }: OpenApiFile, source: OpenApiSource, content: Content): string[] {
  const omissions = [ignoredParts(content), renamedOperations(content)].map((found) => source.located(found));
  if (omissions.every(({ isEmpty }) => isEmpty)) return [];
  const findingLines = source.listed(path, omissions);
  return [
    finding(
      "open-api-omissions",
      `API Management ignores parts of the OpenAPI document ${path}:\n${findingLines}\n`,
      "Change the document at these places, or make sure that no consumer relies on these parts.",
    ),
  ];
}

function sizeWarning({ path }: OpenApiFile, text: string): string[] {
  if (text.length < LIMIT_IN_BYTES / 2) return [];
  const escapedBytes = Buffer.byteLength(JSON.stringify(text));
  if (escapedBytes <= LIMIT_IN_BYTES) return [];
  return [
    finding(
      "open-api-request-too-large",
      `The OpenAPI document ${path} takes ${escapedBytes} bytes in a request, because quotes and line breaks are escaped there. Azure ` +
        `Resource Manager might refuse more than ${LIMIT_IN_BYTES}.`,
      "If the deployment fails with status 413, publish the document where API Management can fetch it, and write " +
        'ApiSurface.openApiUrl("https://...", { ... }).',
    ),
  ];
}
