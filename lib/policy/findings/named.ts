import { addToGroup } from "../../core/grouped";
import { Located } from "./located";

/** Where elements are in a list, by their names. */
type Places = ReadonlyMap<string, readonly number[]>;

/** Most rules are about a few names, and a document can have many elements of others. */
const KNOWN = new WeakMap<readonly Located[], Places>();

/** The elements of the names, in the order of the list. */
export function named(elements: readonly Located[], names: Iterable<string>): Located[] {
  const places = KNOWN.get(elements) ?? placesIn(elements);
  KNOWN.set(elements, places);
  const found = [...names].flatMap((name) => places.get(name) ?? []);
  return found.sort((a, b) => a - b).map((place) => elements[place]);
}

function placesIn(elements: readonly Located[]): Places {
  const places = new Map<string, number[]>();
  elements.forEach(({ name }, place) => addToGroup(places, name, place));
  return places;
}
