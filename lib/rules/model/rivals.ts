import { grouped } from "../../core/grouped";
import type { Configuration } from "./configuration";
import { canBePart, foundBy, looksFor, Part } from "./part";
import { PolicyPlace, PolicyPlaces } from "./policy-place";
import type { PolicyText } from "./policy-text";

/** A policy, and what it is or can be of. */
interface Placed {
  readonly policy: PolicyText;
  readonly places: readonly PolicyPlace[];
  /** The same for policies that surely are of the same. */
  readonly sameKey?: string;
  readonly isSure: boolean;
}

/** More that are possible are not looked at. */
export const MOST_RIVALS = 8;

/** More that are found in the same way are not compared by their names. */
const MOST_COMPARED = 64;

/** The policies of the same API, operation, product or service. Azure keeps one of them: the one that is applied last. */
export class Rivals {
  private readonly ranks: ReadonlyMap<PolicyText, number>;
  private readonly placed: ReadonlyMap<PolicyText, Placed>;
  private readonly same: ReadonlyMap<PolicyText, readonly PolicyText[]>;
  private readonly found: ReadonlyMap<string, readonly Placed[]>;

  constructor(configuration: Configuration, policies: readonly PolicyText[]) {
    const places = new PolicyPlaces(configuration);
    const all = onePerAddress(policies.filter(({ scope }) => scope !== "fragment")).map((policy) =>
      placedAt(policy, places),
    );
    // What is not sure is found by what is.
    const ordered = [...all.filter(({ isSure }) => isSure), ...all.filter(({ isSure }) => !isSure)];
    this.placed = new Map(ordered.map((each) => [each.policy, each]));
    this.ranks = new Map(ordered.map(({ policy }, rank) => [policy, rank]));
    this.same = sameOf(ordered);
    this.found = grouped(ordered, (each) => keysOf(each, foundBy));
  }

  /** All policies of what a policy is of, itself included. Each of them has the same list. */
  public allOf(policy: PolicyText): readonly PolicyText[] {
    return this.same.get(policy) ?? [policy];
  }

  /** The first other policies that can be of the same, but need not be: at most one more than are looked at. */
  public possibleOf(policy: PolicyText): readonly PolicyText[] {
    const placed = this.placed.get(policy);
    if (!placed) return [];
    const found = keysOf(placed, looksFor).flatMap((key) => firstOf(this.found.get(key) ?? [], placed));
    const policies = [...new Set(found)].map((each) => each.policy);
    return policies.sort((one, other) => this.rankOf(one) - this.rankOf(other)).slice(0, MOST_RIVALS + 1);
  }

  /** Whether it is found by another one, and not the other way round. */
  public isAfter(policy: PolicyText, other: PolicyText): boolean {
    return this.rankOf(policy) > this.rankOf(other);
  }

  private rankOf(policy: PolicyText): number {
    return this.ranks.get(policy) ?? 0;
  }
}

function sameOf(all: readonly Placed[]): Map<PolicyText, readonly PolicyText[]> {
  const groups = grouped(all, ({ sameKey }) => (sameKey === undefined ? [] : [sameKey]));
  return new Map(
    [...groups.values()].flatMap((group) => {
      const policies = group.map(({ policy }) => policy);
      return policies.map((policy): [PolicyText, readonly PolicyText[]] => [policy, policies]);
    }),
  );
}

/** The first others that can be of the same, and the first that is not compared. */
function firstOf(all: readonly Placed[], placed: Placed): Placed[] {
  const found: Placed[] = [];
  for (const [at, each] of all.slice(0, MOST_COMPARED + 1).entries()) {
    if (found.length > MOST_RIVALS) break;
    const isSame = each === placed || (placed.sameKey !== undefined && placed.sameKey === each.sameKey);
    if (!isSame && (at === MOST_COMPARED || canBeOfSame(placed, each))) found.push(each);
  }
  return found;
}

function canBeOfSame(one: Placed, other: Placed): boolean {
  return one.places.some((place) =>
    other.places.some((each) => place.every((part, at) => at >= each.length || canBePart(part, each[at]))),
  );
}

/** A file that was given twice has the same policies. */
function onePerAddress(policies: readonly PolicyText[]): PolicyText[] {
  const all = grouped(policies, ({ resource: { stack, address } }) => [JSON.stringify([stack.name, address])]);
  return [...all.values()].map(([first]) => first);
}

function placedAt(policy: PolicyText, finder: PolicyPlaces): Placed {
  const places = finder.of(policy);
  const [place, ...others] = places;
  const isOne = place !== undefined && others.length === 0 && policy.resource.exists === true;
  const exact = isOne && place.every(({ isSure }) => isSure) ? place.map((part) => part.exact) : undefined;
  return {
    policy,
    places,
    isSure: isOne && place.every(({ kind }) => kind !== "unknown"),
    ...(exact && { sameKey: keyOf(policy, exact) }),
  };
}

/** A key for each way in which the parts are found, one after the other. */
function keysOf({ policy, places }: Placed, keysOfPart: (part: Part) => string[]): string[] {
  return places.flatMap((place) =>
    place
      .map(keysOfPart)
      .reduce<string[][]>((paths, keys) => paths.flatMap((path) => keys.map((key) => [...path, key])), [[]])
      .map((path) => keyOf(policy, path)),
  );
}

function keyOf({ scope }: PolicyText, path: readonly string[]): string {
  return JSON.stringify([scope, ...path]);
}
