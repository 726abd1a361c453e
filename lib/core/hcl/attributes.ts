import { bareReference, hclConstant, hclExpression, listOf } from "./expression";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what cdktf renders has no type
export type Attributes = Record<string, any>;

/** An attribute as the bindings give it to the HCL of cdktf: a value, and what it is. Overrides are merged in beside them. */
interface Typed {
  readonly value: unknown;
  readonly isBlock: boolean;
  readonly type: unknown;
  /** What an override sets in the value. */
  readonly overrides: Attributes;
}

type Original = (name: string) => unknown;

/** What cdktf renders itself, and correctly. */
const LEFT_ALONE: ReadonlySet<string> = new Set(["//", "dynamic", "provisioner", "connection"]);

/** Arguments whose values are addresses. */
const ADDRESSES: ReadonlySet<string> = new Set(["depends_on", "ignore_changes", "provider", "replace_triggered_by"]);

/** Blocks that resources, data sources and outputs can have, and no binding names. */
const CONDITIONS: ReadonlySet<string> = new Set(["precondition", "postcondition"]);

/**
 * Attributes for the HCL of cdktf, each as an expression or as a block. What cdktf makes of the same attributes is not always what its
 * JSON says: it quotes addresses, and does not escape quotation marks.
 *
 * @param original finds an attribute without overrides, which says what is a block
 */
export function hclAttributes(attributes: Attributes, original: Original = () => undefined): Attributes {
  const entries = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]): [string, unknown] => [name, LEFT_ALONE.has(name) ? value : attribute(name, value, original)]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Merges as cdktf does for JSON: into blocks and maps, behind lists, and `undefined` removes what is there. */
export function withOverrides(attributes: Attributes, overrides: Attributes): Attributes {
  const result = { ...attributes };
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) delete result[name];
    else result[name] = overridden(result[name], value);
  }
  return result;
}

function overridden(before: unknown, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const typed = typedOf(before);
  if (typed && Array.isArray(value)) return { ...Object(before), value: appended(typed.value, value) };
  if (Array.isArray(value)) return appended(before, value);
  if (typed) return both(Object(before), value);
  return isObject(before) ? withOverrides(before, value) : value;
}

/** Two overrides as one. What is `undefined` stays: it removes something from what is overridden. */
function both(first: Attributes, second: Attributes): Attributes {
  const result = { ...first };
  for (const [name, value] of Object.entries(second))
    result[name] = isObject(result[name]) && isObject(value) ? both(result[name], value) : value;
  return result;
}

/** What overrides remove. In blocks, cdktf does not do that in HCL. */
export function removalsIn(overrides: Attributes): Attributes {
  const entries = Object.entries(overrides).map(([name, value]): [string, unknown] => [
    name,
    isObject(value) ? removalsIn(value) : value,
  ]);
  return Object.fromEntries(
    entries.filter(([, value]) => value === undefined || (isObject(value) && Object.keys(value).length > 0)),
  );
}

function appended(before: unknown, values: unknown[]): unknown[] {
  return Array.isArray(before) ? [...before, ...values] : values;
}

function attribute(name: string, value: unknown, original: Original): unknown {
  if (isObject(value) && "dynamic" in value) return value;
  if (name === "lifecycle" && isObject(value)) return { value: hclAttributes(value) };
  if (CONDITIONS.has(name)) return block([value].flat());
  const typed = typedOf(value);
  if (typed) return ofTyped(name, typed);
  const known = Array.isArray(value) ? typedOf(original(name)) : undefined;
  if (known) return ofTyped(name, { ...known, value: appended(known.value, Object(value)) });
  return raw(expressionFor(name, value));
}

/** The arguments of a module for the HCL of cdktf. None is a block, and those that are variables of the module can have most names. */
export function moduleArguments({ "//": notes, ...attributes }: Attributes): Attributes {
  const entries = Object.entries(attributes)
    .map(([name, each]): [string, unknown] => {
      const typed = typedOf(each);
      return [name, typed ? withOverridesInside(typed.value, typed.overrides) : each];
    })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, raw(moduleArgument(name, value))]);
  return { ...Object.fromEntries(entries), "//": notes };
}

function moduleArgument(name: string, value: unknown): string {
  if (name === "source" || name === "version") return hclConstant(value);
  if (name === "depends_on") return expressionFor(name, value);
  if (name !== "providers") return hclExpression(value);
  const providers = Object.entries(Object(value)).map(([inside, ours]) => `${inside} = ${bareReference(String(ours))}`);
  return `{\n${providers.join("\n")}\n}`;
}

function ofTyped(name: string, { value, isBlock, type, overrides }: Typed): unknown {
  if (value === undefined && Object.keys(overrides).length === 0) return undefined;
  const merged = withOverridesInside(value, overrides);
  if (type === "reference" || type === "type") return raw(String(merged));
  const isExpression = typeof merged === "string";
  return isBlock && !isExpression ? block([merged].flat()) : raw(expressionFor(name, merged));
}

/** The value of an attribute with what overrides set in it: in the elements of a list by their index. */
function withOverridesInside(value: unknown, overrides: Attributes): unknown {
  if (Object.keys(overrides).length === 0) return value;
  if (!Array.isArray(value)) return withOverrides(isObject(value) ? value : {}, overrides);
  return Object.values(withOverrides({ ...value }, overrides));
}

function expressionFor(name: string, value: unknown): string {
  if (!ADDRESSES.has(name)) return hclExpression(value);
  return Array.isArray(value) ? listOf(value.map((each) => bareReference(String(each)))) : bareReference(String(value));
}

function block(blocks: readonly unknown[]): unknown {
  return { value: blocks.map((each) => hclAttributes(Object(each))), isBlock: true, type: "list" };
}

/** cdktf writes what is in a list as it is, and changes the same text where it stands alone. */
function raw(expression: string): unknown {
  return { value: [expression], isBlock: false, type: "reference" };
}

function typedOf(value: unknown): Typed | undefined {
  if (!isObject(value) || !("value" in value)) return undefined;
  const { value: inner, isBlock, is_block, type, storageClassType, storage_class_type, ...overrides } = value;
  const isTyped = [isBlock, is_block, type, storageClassType, storage_class_type].some((each) => each !== undefined);
  return isTyped ? { value: inner, isBlock: Boolean(isBlock || is_block), type, overrides } : undefined;
}

function isObject(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
