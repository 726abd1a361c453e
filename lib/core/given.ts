import { inspect } from "util";
import { Construct, IConstruct } from "constructs";
import { fail, Place } from "./fail";
import { propertyNamed, propertyTaking } from "./lost-property";
import { nearest } from "./nearest";

/** The kind of a value that the compiler checks only in TypeScript. */
export interface Expected {
  /** The property or parameter that takes the value, such as `runtime`. */
  readonly name: string;
  /** The members by which values of the kind are recognized. Classes are not compared: two copies of the package can be loaded. */
  readonly has?: readonly string[];
  /** The members that are strings. */
  readonly texts?: readonly string[];
  /** Whether a string is left out of the message, because it may be a secret. */
  readonly hidden?: boolean;
  /** What to write, such as `runtime: AppRuntime.node("22")`. */
  readonly example: string;
}

/** Returns the value, which must be an object of the expected kind. */
export function requireGiven<T>(place: Place, value: T, { name, has = [], texts = [], hidden, example }: Expected): T {
  if (Construct.isConstruct(place)) inOneFramework(place);
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const missing = isObject
    ? [
        ...has.filter((member) => !(member in value)),
        ...texts.filter((member) => typeof Reflect.get(value, member) !== "string"),
      ]
    : has;
  if (isObject && missing.length === 0) return value;
  const isInternal = !isObject || has.some((member) => member.startsWith("_"));
  const shown = hidden && typeof value === "string" ? "a string (not shown)" : described(value);
  const given = isInternal ? shown : [shown, missing.join(" and ")].join(" without ");
  fail(place, "wrong-value", `The value of ${name} is ${given}, which has the wrong type.`, `Write ${example}.`);
}

/** Every construct is given something, so the first one finds a stack of another framework. The command, without constructs, loads no cdktf. */
function inOneFramework(construct: IConstruct): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const framework: typeof import("./one-framework") = require("./one-framework");
  framework.requireOneFramework(construct);
}

/**
 * Returns the properties, which must be an object. Each property has its own check.
 *
 * @param closing optional properties that close something: one that is misspelled would be lost
 */
export function requireProps<T>(
  place: Place,
  props: T,
  example: string,
  closing: readonly (keyof T & string)[] = [],
): T {
  const given = Object.keys(Object(requireGiven(place, props, { name: "props", example })));
  const missing: string[] = closing.filter((name) => !given.includes(name));
  for (const name of given) {
    if ((closing as readonly string[]).includes(name)) continue;
    // What is no backend is refused as such.
    const taking = name === "backend" ? undefined : propertyTaking(Reflect.get(Object(props), name));
    const others = [taking, propertyNamed(name)];
    const property = missing.find((each) => others.includes(each)) ?? nearest(name, missing);
    if (property !== undefined)
      fail(place, "misspelled-property", `There is no property "${name}".`, `Write ${property}, or remove it.`);
    if (taking !== undefined)
      fail(
        place,
        "property-not-here",
        `There is no property "${name}" here, so what it closes would stay open.`,
        `Remove it. Write ${example}.`,
      );
  }
  return props;
}

/** Returns the attributes of a reference, each of which must be a string. */
export function requireAttributes<T>(type: string, attributes: T, names: readonly (keyof T & string)[]): T {
  const call = `${type}.fromAttributes`;
  return requireGiven(call, attributes, {
    name: "attributes",
    texts: names,
    example: `${call}({ ${names.join(", ")} })`,
  });
}

/** Returns the value, which must be a member of an enum. */
export function requireMember<T extends string>(
  place: Place,
  name: string,
  value: T,
  members: object,
  example: string,
): T {
  const values = Object.values(members);
  if (!values.includes(value))
    fail(
      place,
      "unknown-member",
      `The value of ${name} is ${described(value)}, not one of ${values.join(", ")}.`,
      `Write a member of the enum, such as ${example}.`,
    );
  return value;
}

/** Returns the list, which must be an array or a list that only Terraform knows. */
export function requireList<T extends readonly unknown[]>(place: Place, name: string, value: T, example: string): T {
  const given: unknown = value;
  if (!Array.isArray(given))
    fail(place, "not-a-list", `The value of ${name} is ${described(given)}, not a list.`, `Write ${example}.`);
  return value;
}

/** Returns the text, which must be a string. The example is what to write. */
export function requireText(place: Place, name: string, value: unknown, example: string): string {
  if (typeof value !== "string")
    fail(place, "not-a-string", `The ${name} is ${described(value)}, not a string.`, `Write ${example}.`);
  return value;
}

const MAX_LENGTH = 80;

/** A value in a few words, however large it is. */
export function described(value: unknown): string {
  if (typeof value === "string") return inspectedText(cut(value));
  if (typeof value === "function") return describedFunction(value);
  if (Array.isArray(value))
    return value.length === 0 ? "an empty list" : `a list that begins with ${element(value[0])}`;
  if (typeof value !== "object" || value === null) return String(value);
  const type: unknown = value.constructor?.name;
  if (typeof type !== "string" || type === "" || type === "Object") return "an object";
  return Construct.isConstruct(value) ? `the ${type} "${value.node.path}"` : `an object of type ${type}`;
}

/** An element of a list, which may be a list itself. */
function element(value: unknown): string {
  return Array.isArray(value) ? "a list" : described(value);
}

function describedFunction(value: { readonly name: unknown }): string {
  const kind = isClass(value) ? "class" : "function";
  return value.name === "" ? `a ${kind} without a name` : `the ${kind} ${String(value.name)}`;
}

/** Whether a function is a class. */
export function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith("class");
}

/** In double quotes, unless the text has some. */
function inspectedText(text: string): string {
  return /["\\\n]/.test(text) ? inspect(text) : `"${text}"`;
}

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}...` : text;
}
