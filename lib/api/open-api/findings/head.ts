import { finding } from "../../../core/fail";
import { described } from "../../../core/given";
import { TEXT_LIMITS } from "../../../gateway/text-limits";
import { Content } from "../content";
import { isObject, JsonObject, primitiveText, textOf } from "../json";
import { OpenApiFinding } from "./finding";

const OPEN_API = /^3\.[01]\.\d+$/;
const SUPPORTED = '"3.0.3" or "3.1.0"';

/** What is wrong with the version and `info` of a document. */
export function headFindings({ root, isJson }: Content): OpenApiFinding[] {
  const info = isObject(root.info) ? root.info : {};
  const keepsNumbers = isJson || !("openapi" in root);
  return [
    ...versionFindings(root),
    ...["title", "version"].flatMap((field) => infoFindings(info, field, keepsNumbers)),
  ];
}

function versionFindings(root: JsonObject): OpenApiFinding[] {
  if ("openapi" in root)
    return OPEN_API.test(primitiveText(root.openapi)) ? [] : [unsupported(root, "openapi", SUPPORTED)];
  if ("swagger" in root) return root.swagger === "2.0" ? [] : [unsupported(root, "swagger", '"2.0"')];
  const message = finding(
    "open-api-version-missing",
    "The document has neither openapi nor swagger, so its version is unknown.",
    'Add openapi: "3.0.3".',
  );
  return [{ trail: [], message }];
}

function unsupported(root: JsonObject, field: string, supported: string): OpenApiFinding {
  const version = root[field];
  const message = finding(
    "open-api-version-unsupported",
    `${field} is ${described(version)}, which API Management cannot import.`,
    `Write ${supported}, in quotes.`,
  );
  return { trail: [field], message };
}

/** The title of a document that becomes the title of an API. */
export function titleFindings({ root }: Content): OpenApiFinding[] {
  const { max } = TEXT_LIMITS.api.limits.displayName;
  const title = isObject(root.info) ? textOf(root.info.title) : undefined;
  const { length } = title?.trim() ?? "";
  if (length <= max) return [];
  const message = finding(
    "open-api-title-length",
    `info.title has ${length} characters, and API Management accepts at most ${max} as the title of an API.`,
    'Shorten it, or write another title: ApiSurface.openApiFile("...", { displayName: "..." }).',
  );
  return [{ trail: ["info", "title"], message }];
}

/** OpenAPI does not allow a number as title or version. JSON keeps it, and Swagger in YAML is imported as JSON. */
function infoFindings(info: JsonObject, field: string, keepsNumbers: boolean): OpenApiFinding[] {
  const text = textOf(info[field])?.trim();
  // API Management exports documents whose version is empty.
  if (text === undefined || (text === "" && field === "title")) {
    const message = finding("open-api-info-incomplete", `info has no ${field}.`, `Add ${field}: "...", in quotes.`);
    return [{ trail: field in info ? ["info", field] : ["info"], ofKey: true, message }];
  }
  if (!keepsNumbers || typeof info[field] === "string") return [];
  const message = finding("open-api-info-unquoted", `info.${field} is a number.`, "Write it in quotes.");
  return [{ trail: ["info", field], message }];
}
