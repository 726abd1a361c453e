import { withoutEnd } from "./without-end";
import { createHash } from "crypto";
import { Construct, IConstruct } from "constructs";
import { TerraformStack } from "cdktf";
import { fail } from "./fail";
import { isToken } from "./tokens";
import { requireText } from "./given";

const SHORT_HASH_LENGTH = 6;

/** `OrdersApi`, `orders api` and `Orders_API` all become `orders-api`. */
export function kebabCase(text: string): string {
  // Plain JavaScript passes anything. What is no string is an error of `checkName`.
  return String(text)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}

/** The default name of what a construct creates: its id in kebab-case. */
export function defaultName(scope: Construct): string {
  const name = kebabCase(scope.node.id);
  if (name === "")
    fail(
      scope,
      "id-without-name",
      `The construct id "${scope.node.id}" has no letters or digits, so the library cannot make a name from it.`,
      'Use an id such as "Orders".',
    );
  return name;
}

/** A name in kebab-case, cut to a maximum length. A cut name ends in a hash of the construct path, so that it stays unique. */
export function fittingName(scope: Construct, name: string, maxLength: number): string {
  return shortened(name, maxLength, scope.node.path);
}

/** A name in kebab-case, cut to a maximum length. A cut name ends in a hash of what makes it unique. */
export function shortened(name: string, maxLength: number, unique: string): string {
  if (name.length <= maxLength) return name;
  const hash = createHash("sha256").update(unique).digest("hex").slice(0, SHORT_HASH_LENGTH);
  return `${cut(name, maxLength - SHORT_HASH_LENGTH - 1)}-${hash}`;
}

/** The beginning of a name in kebab-case, without a hyphen at its end. */
export function cut(prefix: string, length: number): string {
  return withoutEnd(prefix.slice(0, length), "-");
}

const UUID_NAMESPACE = Buffer.from("5b2f6c1ea6a94c0b8a0f5b0d1c9e7a34", "hex");

/** A version 5 UUID of the construct's path. It changes only if the construct moves. */
export function stableUuid(scope: Construct, purpose: string): string {
  const bytes = createHash("sha1").update(UUID_NAMESPACE).update(`${scope.node.path}#${purpose}`).digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join("-");
}

/** What is accepted as a name. */
export interface NameRule {
  /** What the name is, such as `product name`. */
  readonly what: string;
  readonly pattern: RegExp;
  /** The pattern in words, after "Use". */
  readonly allowed: string;
}

/** Refuses a name that does not follow the rule, with a suggestion that does if there is one. */
export function checkName(scope: Construct, rule: NameRule, value: string, suggestion?: string): string {
  requireText(scope, rule.what, value, `${rule.allowed}`);
  if (!isToken(value) && !rule.pattern.test(value)) {
    const instead = suggestion !== undefined && rule.pattern.test(suggestion) ? `, such as "${suggestion}"` : "";
    fail(scope, "invalid-name", `The ${rule.what} "${value}" is not valid.`, `Use ${rule.allowed}${instead}.`);
  }
  return value;
}

/**
 * A name for a construct as seen from another one: its path, without the stack if both are in the same one. Renaming the stack
 * then renames nothing else.
 */
export function labelOf(construct: IConstruct, seenFrom: IConstruct): string {
  return seenFromStack(construct, construct.node.path, seenFrom);
}

/** The same for a name that begins with the path of the construct's stack. */
export function seenFromStack(construct: IConstruct, name: string, seenFrom: IConstruct): string {
  const stack = TerraformStack.of(construct);
  return stack === TerraformStack.of(seenFrom) ? name.slice(stack.node.path.length + 1) : name;
}
