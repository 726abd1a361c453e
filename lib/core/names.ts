import { createHash } from "crypto";
import { Fn, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { clientConfig } from "../azure/client-config";
import { ResourceGroupRef } from "../azure/refs";
import { asArgument, isToken } from "./tokens";
import { fail } from "./fail";
const HASH_LENGTH = 10;
const SHORT_HASH_LENGTH = 6;

/** `OrdersApi`, `orders api` and `Orders_API` all become `orders-api`. */
export function kebabCase(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
}

/** The name that a construct gives to what it makes, unless the user gives one. */
export function defaultName(scope: Construct): string {
  const name = kebabCase(scope.node.id);
  if (name === "")
    fail(
      scope,
      "id-without-name",
      `No name can be made of the construct id "${scope.node.id}", which has neither letters nor digits. ` +
        `Write an id such as "Orders".`,
    );
  return name;
}

/**
 * A name that is unique in all of Azure, the same at every plan, and another one in another subscription, resource group
 * or place of the construct tree. Terraform computes it, since it alone knows the subscription.
 */
export function globallyUniqueName(
  scope: Construct,
  prefix: string,
  group: ResourceGroupRef,
  maxLength: number,
  provider?: TerraformProvider,
): string {
  return `${cut(prefix, maxLength - HASH_LENGTH - 1)}-${uniqueHash(scope, group, provider)}`;
}

/** As `globallyUniqueName`, for storage accounts, whose names hold lower-case letters and digits only. */
export function storageAccountName(
  scope: Construct,
  prefix: string,
  group: ResourceGroupRef,
  provider?: TerraformProvider,
): string {
  return `${prefix.replace(/-/g, "").slice(0, 24 - HASH_LENGTH)}${uniqueHash(scope, group, provider)}`;
}

/**
 * A literal name in kebab-case, of a length that the service takes. One that had to be cut ends in a hash of the construct path,
 * so that two which begin alike stay apart.
 */
export function fittingName(scope: Construct, name: string, maxLength: number): string {
  if (name.length <= maxLength) return name;
  const hash = createHash("sha256").update(scope.node.path).digest("hex").slice(0, SHORT_HASH_LENGTH);
  return `${cut(name, maxLength - SHORT_HASH_LENGTH - 1)}-${hash}`;
}

/** The beginning of a name in kebab-case, of a length that the service takes. */
export function cut(prefix: string, length: number): string {
  return prefix.slice(0, length).replace(/-+$/, "");
}

function uniqueHash(scope: Construct, group: ResourceGroupRef, provider?: TerraformProvider): string {
  const { subscriptionId } = clientConfig(scope, provider);
  const identity = Fn.join("/", [subscriptionId, asArgument(group.name), scope.node.path]);
  return Fn.substr(Fn.sha256(identity), 0, HASH_LENGTH);
}

const UUID_NAMESPACE = Buffer.from("5b2f6c1ea6a94c0b8a0f5b0d1c9e7a34", "hex");

/** A version 5 UUID of the construct's path: it changes when the construct moves, and at no other time. */
export function stableUuid(scope: Construct, purpose: string): string {
  const bytes = createHash("sha1").update(UUID_NAMESPACE).update(`${scope.node.path}#${purpose}`).digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** What Azure accepts as a name, with words for it. */
export interface NameRule {
  readonly what: string;
  readonly pattern: RegExp;
  readonly allowed: string;
}

/** Most of what lives on an API Management service is named alike. */
function childName(what: string): NameRule {
  return {
    what,
    pattern: /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,78}[A-Za-z0-9])?$/,
    allowed: "1 to 80 letters, digits and, not at either end, _ and -",
  };
}

/** The patterns of the azurerm provider, made stricter where Azure is. */
export const NAME_RULES = {
  apimService: {
    what: "API Management name",
    pattern: /^[a-zA-Z](?:[0-9a-zA-Z-]{0,48}[0-9a-zA-Z])?$/,
    allowed: "1 to 50 letters, digits and hyphens, with a letter first and no hyphen last",
  },
  publisherName: { what: "publisher name", pattern: /^.{1,100}$/, allowed: "1 to 100 characters on one line" },
  publisherEmail: {
    what: "publisher e-mail address",
    pattern: /^(?=.{1,100}$)\S+@\S+$/,
    allowed: "an address such as api@contoso.com",
  },
  api: { what: "API name", pattern: /^[^*#&+]{1,256}$/, allowed: "1 to 256 characters without * # & +" },
  existingApi: {
    what: "API name",
    pattern: /^(?!.*;rev=)[^*#&+]{1,256}$/,
    allowed: "1 to 256 characters without * # & + and without ;rev=, for which there is revision",
  },
  existingRevision: {
    what: "revision",
    pattern: /^[A-Za-z0-9._-]{1,100}$/,
    allowed: "1 to 100 letters, digits and . _ -",
  },
  apiPath: {
    what: "API path",
    pattern: /^(?:|\w|[\w.][\w\-/.:]{0,398}[\w-])$/,
    allowed: 'letters, digits and _ - / . : without a slash at either end, at most 400 characters, or "" for the root',
  },
  operation: childName("operation id"),
  versionSet: childName("version set name"),
  version: {
    what: "version",
    pattern: /^[\w.-]{1,100}$/,
    allowed: "1 to 100 letters, digits and _ . -",
  },
  revision: {
    what: "revision",
    pattern: /^[A-Za-z0-9]{1,100}$/,
    allowed: "1 to 100 letters and digits",
  },
  backend: {
    what: "API Management backend name",
    pattern: /^\w(?:[\w-]{0,78}\w)?$/,
    allowed: "1 to 80 letters, digits, _ and, not at either end, hyphens",
  },
  logger: childName("logger name"),
  fragment: childName("policy fragment name"),
  product: childName("product name"),
  tag: childName("tag name"),
  namedValue: childName("name of a named value"),
  vaultSecret: {
    what: "name of a key vault secret",
    pattern: /^[0-9A-Za-z-]{1,127}$/,
    allowed: "1 to 127 letters, digits and hyphens",
  },
  app: {
    what: "app name",
    pattern: /^[0-9a-zA-Z][0-9a-zA-Z-]{0,58}[0-9a-zA-Z]$/,
    allowed: "2 to 60 letters, digits and, not at either end, hyphens",
  },
  containerApp: {
    what: "container app name",
    pattern: /^(?=.{2,32}$)[a-z](?:-?[a-z0-9])+$/,
    allowed: "2 to 32 lower-case letters, digits and single hyphens, with a letter first and no hyphen last",
  },
  headerName: {
    what: "header name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "letters, digits, _ and - after a letter",
  },
  queryName: {
    what: "query parameter name",
    pattern: /^[A-Za-z][A-Za-z0-9_-]*$/,
    allowed: "letters, digits, _ and - after a letter",
  },
} satisfies Record<string, NameRule>;

/** Refuses a name that Azure would refuse, with the nearest one that it would take where there is one. */
export function checkName(scope: Construct, rule: NameRule, value: string, suggestion?: string): string {
  if (!isToken(value) && !rule.pattern.test(value)) invalidName(scope, rule, value, suggestion);
  return value;
}

export function invalidName(scope: Construct, rule: NameRule, value: string, suggestion?: string): never {
  const instead = suggestion !== undefined && rule.pattern.test(suggestion) ? ` Write "${suggestion}" instead.` : "";
  fail(
    scope,
    "invalid-name",
    `The ${rule.what} "${value}" is refused by Azure, which accepts ${rule.allowed}.${instead}`,
  );
}
