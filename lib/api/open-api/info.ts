import { Construct } from "constructs";
import { capitalized } from "../../core/capitalized";
import { escapeForeignText } from "../../core/terraform-template";
import { TextAsset } from "../../core/text-asset";
import type { DocumentInfo, NewApiOptions } from "../new-api";
import { isObject, JsonObject, textOf } from "./json";

/** The texts of an API that stand for those of its document. */
export type OwnTexts = Pick<NewApiOptions, "displayName" | "description">;

const HTTP = /^https?:\/\/[^\s/]\S*$/;
const EMAIL = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/;

/**
 * The fields of `info` that an API has too, without those that the API has of its own. The import sets them, and azurerm would remove
 * them at the next plan if they were not in the configuration. Addresses that azurerm refuses are omitted.
 */
export function infoOf({ info }: JsonObject, own: OwnTexts): DocumentInfo {
  const { title, description, termsOfService, contact, license } = isObject(info) ? info : {};
  const { name, email, url } = isObject(contact) ? contact : {};
  const { name: licenseName, url: licenseUrl } = isObject(license) ? license : {};
  return {
    displayName: isGiven(own.displayName) ? undefined : trimmed(title),
    description: isGiven(own.description) ? undefined : trimmed(description),
    termsOfServiceUrl: trimmed(termsOfService, HTTP),
    contact: unlessEmpty({ name: trimmed(name), email: trimmed(email, EMAIL), url: trimmed(url, HTTP) }),
    license: unlessEmpty({ name: trimmed(licenseName), url: trimmed(licenseUrl, HTTP) }),
  };
}

export function isGiven(text: unknown): boolean {
  return text !== undefined && text !== null;
}

function trimmed(value: unknown, pattern = /./): string | undefined {
  const text = textOf(value)?.trim() ?? "";
  return pattern.test(text) ? text : undefined;
}

function unlessEmpty<T extends object>(values: T): T | undefined {
  return Object.values(values).some((value) => value !== undefined) ? values : undefined;
}

/**
 * The length up to which a text stands in the configuration. There, cdktf takes quadratic time to look for its tokens in long numbers, and
 * Terraform to join lines.
 */
const MAX_INLINE = 4096;

/** Writes what a document says of itself: into the configuration, and long texts into files beside it. */
export function writeInfo<T extends object>(scope: Construct, info: T, of = ""): T {
  const written = Object.entries(info).map(([name, value]: [string, unknown]): [string, unknown] => {
    const id = of + capitalized(name);
    if (isObject(value)) return [name, writeInfo(scope, value, id)];
    return [name, typeof value === "string" ? writeText(scope, id, value) : value];
  });
  return Object.fromEntries(written) as T;
}

function writeText(scope: Construct, id: string, text: string): string {
  return text.length > MAX_INLINE
    ? new TextAsset(scope, id, `${id.toLowerCase()}.txt`, text).expression
    : escapeForeignText(text);
}
