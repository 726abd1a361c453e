import { signsInText } from "../../core/secret-text";
import type { Resource } from "../../rules/model/resource";
import { templateParts } from "../../rules/model/template";
import { isObject } from "../../rules/model/value";
import { readsSecret } from "./exported";

/** A secret in what is written, which Terraform copies into the state. */
export interface WrittenSecret {
  readonly attribute: string;
  /** The value, if the configuration has it. It is never shown. */
  readonly literal?: string;
}

/** Names that the providers mark as sensitive, wherever they are. */
const SENSITIVE = new Set([
  ...["access_key", "account_key", "admin_password", "administrator_login_password", "administrator_password"],
  ...["api_secret_key", "app_secret", "application_insights_connection_string", "application_insights_key"],
  ...["authorization_key", "certificate_password", "client_secret", "connection_string", "consumer_secret"],
  ...["custom_question_answering_search_service_key", "dapr_application_insights_connection_string"],
  ...["docker_registry_password", "encoded_certificate", "instrumentation_key", "password", "pfx_blob"],
  ...["registry_password", "resource_owner_password", "sas_token", "sas_url", "secret_key_base64", "shared_key"],
  ...["storage_account_access_key", "storage_account_key", "storage_account_url", "validation_key"],
]);

/** Names that are sensitive in some types only. */
const SENSITIVE_PATHS = [
  /^azurerm_key_vault_secret value$/,
  /^azurerm_api_management_certificate data$/,
  /^azurerm_api_management_custom_domain \w+\.certificate$/,
  /^azurerm_api_management hostname_configuration\.\w+\.certificate$/,
  /^azurerm_api_management_workspace_certificate certificate_data_base64$/,
  /^azurerm_application_gateway (?:ssl|authentication)_certificate\.data$/,
  /^azurerm_key_vault_certificate certificate\.contents$/,
  /^azurerm_container_app(?:_job|_environment_dapr_component)? secret\.value$/,
  /^azurerm_(?:linux|windows)_\w+ connection_string\.value$/,
  /^azurerm_function_app_flex_consumption (?:connection_string\.value|storage_access_key)$/,
];

/** What is a comment or a text for people, and what no provider stores. */
const NO_VALUES = new Set([
  "//",
  "lifecycle",
  "depends_on",
  "provider",
  "count",
  "for_each",
  "description",
  "connection",
]);
const DOCUMENTS = new Set(["xml_content", "xml_link"]);

/** The secrets that are written for a resource. */
export function writtenSecrets(resource: Resource, isSensitiveVariable: (name: string) => boolean): WrittenSecret[] {
  const { type } = resource;
  const isSecretValue =
    type === "azurerm_api_management_named_value" && resource.at("secret").is([true], false) !== false;
  // The certificates of a CA have no private key, and so no password.
  const isPublicCertificate = resource.at("certificate.certificate_password").isAbsent;
  const found: WrittenSecret[] = [];
  walk(resource.everything.raw, "", (path, text) => {
    const name = path.slice(path.lastIndexOf(".") + 1);
    if (
      isPublic(text) ||
      name.endsWith("_wo") ||
      DOCUMENTS.has(name) ||
      (isPublicCertificate && name === "encoded_certificate")
    )
      return;
    const isNamed =
      SENSITIVE.has(name) ||
      SENSITIVE_PATHS.some((each) => each.test(`${type} ${path}`)) ||
      (isSecretValue && path === "value");
    const expressions = templateParts(text).flatMap((part) => (part.isExpression ? part.text : []));
    const reads = expressions.some(
      (each) =>
        readsSecret(each) ||
        [...each.matchAll(/(?<![\w.-])var\.([\w-]+)/g)].some(([, one]) => isSensitiveVariable(one)),
    );
    const literal = expressions.length === 0 ? text : undefined;
    const looks = literal !== undefined && isSetting(path) && signsInText(name, literal) !== undefined;
    if (isNamed || reads || looks) found.push({ attribute: path, literal });
  });
  return found;
}

/** References to a key vault, and what has no value. */
function isPublic(text: string): boolean {
  return text === "" || /^\s*@Microsoft\.KeyVault\(/i.test(text);
}

/** Places where people put secrets of their own: app settings, environment variables, headers and bodies. */
function isSetting(path: string): boolean {
  return /^(?:app_settings|body|connection_string|credentials|site_config|template|sticky_settings|secret|tags|triggers|input|value)\b/.test(
    path,
  );
}

function walk(value: unknown, path: string, visit: (path: string, text: string) => void, depth = 0): void {
  if (depth > 200) return;
  if (typeof value === "string") visit(path, value);
  else if (Array.isArray(value)) value.forEach((each) => walk(each, path, visit, depth + 1));
  else if (isObject(value))
    for (const [name, each] of Object.entries(value))
      if (depth > 0 || !NO_VALUES.has(name)) walk(each, path === "" ? name : `${path}.${name}`, visit, depth + 1);
}
