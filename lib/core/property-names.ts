import { IConstruct } from "constructs";
import { fail, Place } from "./fail";
import { requireProps } from "./given";

/** The names of all properties of a type. The compiler finds one that is missing. */
export type PropertyNames<T> = { readonly [name in keyof Required<T>]: true };

/**
 * Returns the properties of a construct, which must be an object. A subclass can pass on properties of its own, but none whose name is
 * similar to one of these.
 */
export function requireConstructProps<T extends object>(
  construct: IConstruct,
  props: T,
  { names, example }: { readonly names: PropertyNames<T>; readonly example: string },
): T {
  return requireProps(construct, props, example, Object.keys(names) as (keyof T & string)[]);
}

/**
 * Returns the properties, which must be an object without any other property: its value would be lost.
 *
 * @param taker what takes the properties, such as `Backend.webApp`
 */
export function requireOnly<T extends object>(
  place: Place,
  taker: string,
  props: T,
  { names, example }: { readonly names: PropertyNames<T>; readonly example: string },
): T {
  const known = Object.keys(names);
  requireProps(place, props, example, known as (keyof T & string)[]);
  const unknown = Object.keys(props).find((name) => !known.includes(name));
  if (unknown !== undefined)
    fail(
      place,
      "unknown-property",
      `There is no property "${unknown}" in ${taker}, so its value would be lost.`,
      `Remove it. The properties are ${known.join(", ")}.`,
    );
  return props;
}
