import { ApiManagementApiContact, ApiManagementApiLicense } from "@cdktf/provider-azurerm/lib/api-management-api";
import { escapeTemplates } from "../../core/terraform-template";
import { isObject, JsonObject, textOf } from "./json";

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
export function infoOf({ info }: JsonObject): OpenApiInfo {
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
