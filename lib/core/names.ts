import { createHash } from "crypto";
import { Construct } from "constructs";
import { isToken } from "./tokens";
import { fail } from "./fail";
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
