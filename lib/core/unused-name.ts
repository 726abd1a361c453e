import { Construct } from "constructs";
import { fail } from "./fail";
import { described } from "./given";

/**
 * A name for a resource that is not created would be lost.
 *
 * @param property the property with the name
 * @param existing the property with what is used instead
 */
export function refuseUnusedName(scope: Construct, property: string, name: string | undefined, existing: string): void {
  if (name === undefined) return;
  fail(
    scope,
    "name-of-nothing",
    `${property} is ${described(name)}, but no resource with this name is created, because ${existing} is set.`,
    `Remove ${property}, or remove ${existing}.`,
  );
}
