import { Construct } from "constructs";
import {
  ApiManagementApiImport,
  ApiManagementApiContact,
  ApiManagementApiLicense,
} from "@cdktf/provider-azurerm/lib/api-management-api";
import { fail, finding } from "../../core/fail";
import { escapeTemplates } from "../../core/terraform-template";
import { readUtf8 } from "../../core/text-file";
import { NAME_RULES } from "../../gateway/name-rules";
import { Content, contentOf, nameOf } from "./content";
import { inOrder, listFindings, LocatedFinding, OpenApiFinding } from "./findings/finding";
import { headFindings } from "./findings/head";
import { omissions } from "./findings/omissions";
import { operationFindings, parameterFindings, pathFindings } from "./findings/operations";
import { referenceFindings } from "./references";
import { isObject, JsonObject, listOf, textOf } from "./json";
import { OpenApiSource } from "./source";

/**
 * What API Management accepts within a request. It says 4 MB, and this is the larger of the two readings.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-api-import-restrictions#openapi-specifications
 */
const LIMIT_IN_BYTES = 4 * 1024 * 1024;

/** What API Management refuses, a family of findings each. */
const REFUSALS: readonly ((content: Content) => OpenApiFinding[])[] = [
  headFindings,
  pathFindings,
  parameterFindings,
  operationFindings,
  referenceFindings,
];

/** An OpenAPI document that API Management can import. */
export interface OpenApiDocument {
  /** The text to import, as Terraform's configuration has it. */
  readonly content: ApiManagementApiImport;
  readonly info: OpenApiInfo;
  /** Path of the first server, if an API on the gateway can have it. */
  readonly path?: string;
  /** The names that API Management gives to the operations. */
  readonly operationIds: string[];
  readonly passesOptions: boolean;
  readonly warnings: string[];
}

/**
 * Reads a document from a file, and checks what can be checked without API Management. Line breaks become those of Unix, so that a
 * checkout on Windows gives the same document.
 */
export function readOpenApi(scope: Construct, file: string): OpenApiDocument {
  const text = readUtf8({ path: file, what: "The OpenAPI document", place: scope });
  const written = text.replace(/^\uFEFF/, "").replace(/\r\n/g, "\n");
  const source = new OpenApiSource(written);
  const content = checkedContent(scope, file, source);
  const { root, operations } = content;

  const { format, value } = imported(root, written, source.isJson);
  const bytes = Buffer.byteLength(value);
  if (bytes > LIMIT_IN_BYTES)
    fail(
      scope,
      "open-api-too-large",
      `The OpenAPI document ${file} has ${bytes} bytes. API Management accepts at most ${LIMIT_IN_BYTES} in a request.`,
      'Publish it where API Management can fetch it, and write ApiSurface.openApiUrl("https://...", { ... }).',
    );
  const omitted = inOrder(source.located(omissions(content)));
  return {
    content: { contentFormat: format, contentValue: escapeTemplates(value) },
    info: infoOf(root),
    path: pathOf(root),
    operationIds: [...new Set(operations.map(nameOf))],
    passesOptions: operations.some(({ method }) => method === "options"),
    warnings: [...omissionWarning(file, omitted), ...sizeWarning(file, value, bytes)],
  };
}

/** The parts of the document, in which nothing is found that API Management would refuse. */
function checkedContent(scope: Construct, file: string, source: OpenApiSource): Content {
  if (source.broken.length > 0) refuse(scope, file, source.broken);
  const root = source.value;
  if (!isObject(root)) {
    const message = finding(
      "open-api-missing",
      "The file has no OpenAPI document.",
      "Write an object with openapi, info and paths.",
    );
    refuse(scope, file, source.located([{ trail: [], message }]));
  }
  const content = contentOf(root, source.isJson);
  const refusals = REFUSALS.flatMap((findingsIn) => findingsIn(content));
  const findings = [...source.repeatedKeys, ...source.located(refusals)];
  if (findings.length > 0) refuse(scope, file, findings);
  return content;
}

function refuse(scope: Construct, file: string, findings: readonly LocatedFinding[]): never {
  const findingLines = listFindings(file, inOrder(findings));
  fail(
    scope,
    "open-api-refused",
    `API Management cannot import the OpenAPI document ${file}:\n${findingLines}\n`,
    "Correct the document at these places.",
  );
}

/** API Management reads Swagger only in JSON, so YAML is converted. */
function imported(root: JsonObject, text: string, isJson: boolean): { format: string; value: string } {
  if ("openapi" in root) return { format: isJson ? "openapi+json" : "openapi", value: text };
  return { format: "swagger-json", value: isJson ? text : toJson(root) };
}

/** A NUL, which YAML cannot have, marks the integers that would lose digits as a number. */
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

function omissionWarning(file: string, omitted: readonly LocatedFinding[]): string[] {
  if (omitted.length === 0) return [];
  const findingLines = listFindings(file, omitted);
  return [
    finding(
      "open-api-omissions",
      `API Management ignores parts of the OpenAPI document ${file}:\n${findingLines}\n`,
      "Change the document at these places, or make sure that no consumer relies on these parts.",
    ),
  ];
}

function sizeWarning(file: string, value: string, bytes: number): string[] {
  if (bytes < LIMIT_IN_BYTES / 2) return [];
  const escapedBytes = Buffer.byteLength(JSON.stringify(value));
  if (escapedBytes <= LIMIT_IN_BYTES) return [];
  return [
    finding(
      "open-api-request-too-large",
      `The OpenAPI document ${file} takes ${escapedBytes} bytes in a request, because quotes and line breaks are escaped there. Azure ` +
        `Resource Manager might refuse more than ${LIMIT_IN_BYTES}.`,
      "If the deployment fails with status 413, publish the document where API Management can fetch it, and write " +
        'ApiSurface.openApiUrl("https://...", { ... }).',
    ),
  ];
}

/** What a document says about itself, as Terraform's configuration has it. */
export interface OpenApiInfo {
  readonly title?: string;
  readonly description?: string;
  readonly termsOfServiceUrl?: string;
  readonly contact?: ApiManagementApiContact;
  readonly license?: ApiManagementApiLicense;
}

/**
 * The fields of `info` that an API has too. The import sets them, and azurerm would remove them at the next plan if they were not in
 * the configuration. Addresses that azurerm refuses are omitted.
 */
function infoOf({ info }: JsonObject): OpenApiInfo {
  const { title, description, termsOfService, contact, license } = isObject(info) ? info : {};
  const { name, email, url } = isObject(contact) ? contact : {};
  const { name: licenseName, url: licenseUrl } = isObject(license) ? license : {};
  return {
    title: written(title),
    description: written(description),
    termsOfServiceUrl: written(termsOfService, HTTP),
    contact: unlessEmpty({ name: written(name), email: written(email, EMAIL), url: written(url, HTTP) }),
    license: unlessEmpty({ name: written(licenseName), url: written(licenseUrl, HTTP) }),
  };
}

const HTTP = /^https?:\/\/[^\s/]+\S*$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

function written(value: unknown, pattern = /./): string | undefined {
  const text = textOf(value)?.trim() ?? "";
  return pattern.test(text) ? escapeTemplates(text) : undefined;
}

function unlessEmpty<T extends object>(values: T): T | undefined {
  return Object.values(values).some((value) => value !== undefined) ? values : undefined;
}
