import { finding } from "../../../core/fail";
import { Content } from "../content";
import { isObject, JsonObject, textOf } from "../json";
import { OpenApiFinding } from "./finding";

const OPEN_API = /^3\.(?:0|1)\.\d+$/;

/** What is wrong with the version and `info` of a document. */
export function headFindings({ root, isJson }: Content): OpenApiFinding[] {
  const info = isObject(root.info) ? root.info : {};
  return [...versionFindings(root), ...missingFields(info), ...(isJson || !("openapi" in root) ? unquoted(info) : [])];
}

function versionFindings(root: JsonObject): OpenApiFinding[] {
  const field = "openapi" in root ? "openapi" : "swagger";
  if (!(field in root)) {
    const message = finding(
      "open-api-version-missing",
      "The document has neither openapi nor swagger, so its version is unknown.",
      'Add openapi: "3.0.3".',
    );
    return [{ trail: [], message }];
  }
  const version = root[field];
  const supported = typeof version === "string" && (field === "openapi" ? OPEN_API.test(version) : version === "2.0");
  if (supported) return [];
  const written = typeof version === "string" ? `"${version}"` : (textOf(version) ?? "not a string");
  return [unsupported(field, written, field === "swagger" ? '"2.0"' : '"3.0.3" or "3.1.0"')];
}

function unsupported(field: string, version: string, supported: string): OpenApiFinding {
  const message = finding(
    "open-api-version-unsupported",
    `${field} is ${version}, which API Management cannot import.`,
    `Write ${supported}, in quotes.`,
  );
  return { trail: [field], message };
}

function missingFields(info: JsonObject): OpenApiFinding[] {
  return ["title", "version"]
    .filter((field) => !textOf(info[field])?.trim())
    .map((field) => ({
      trail: field in info ? ["info", field] : ["info"],
      ofKey: true,
      message: finding("open-api-info-incomplete", `info has no ${field}.`, `Add ${field}: "...", in quotes.`),
    }));
}

/** OpenAPI does not allow a number as title or version. JSON would keep it, and Swagger in YAML is imported as JSON. */
function unquoted(info: JsonObject): OpenApiFinding[] {
  return ["title", "version"]
    .filter((field) => textOf(info[field]) !== undefined && typeof info[field] !== "string")
    .map((field) => ({
      trail: ["info", field],
      message: finding("open-api-info-unquoted", `info.${field} is a number.`, "Write it in quotes."),
    }));
}
