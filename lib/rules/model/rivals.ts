import { grouped } from "../../core/grouped";
import { once } from "../../core/once";
import type { Configuration } from "./configuration";
import { canBePart, foundBy, looksFor, Part } from "./part";
import { PolicyPlace, PolicyPlaces } from "./policy-place";
import type { PolicyScope, PolicyText } from "./policy-text";
import type { Resource } from "./resource";

/** What policies are looked for of. */
interface Sought {
  readonly places: readonly PolicyPlace[];
  /** The same for policies that surely are of the same. */
  readonly sameKey?: string;
  /** Policies that are not looked for. */
  readonly own?: ReadonlySet<PolicyText>;
}

/** A policy, and what it is or can be of. */
interface Placed extends Sought {
  readonly policy: PolicyText;
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
  /** Policies of operations that do not inherit those of their API, by that. */
  private readonly apart: () => ReadonlyMap<string, readonly Placed[]>;
  private readonly places: PolicyPlaces;

  constructor(configuration: Configuration, policies: readonly PolicyText[]) {
    this.places = new PolicyPlaces(configuration);
    const all = onePerAddress(policies.filter(({ scope }) => scope !== "fragment")).map((policy) =>
      placedAt(policy, this.places),
    );
    // What is not sure is found by what is.
    const ordered = [...all.filter(({ isSure }) => isSure), ...all.filter(({ isSure }) => !isSure)];
    this.placed = new Map(ordered.map((each) => [each.policy, each]));
    this.ranks = new Map(ordered.map(({ policy }, rank) => [policy, rank]));
    this.same = sameOf(ordered);
    this.found = grouped(ordered, ({ policy, places }) => keysOf(policy.scope, places, foundBy));
    this.apart = once(() =>
      grouped(
        ordered.filter(({ policy }) => policy.scope === "operation" && policy.isApart),
        ({ places }) => keysOf("api", places.map(ofApi), foundBy),
      ),
    );
  }

  /** All policies of what a policy is of, itself included. Each of them has the same list. */
  public allOf(policy: PolicyText): readonly PolicyText[] {
    return this.same.get(policy) ?? [policy];
  }

  /** The first other policies that can be of the same, but need not be: at most one more than are looked at. */
  public possibleOf(policy: PolicyText): readonly PolicyText[] {
    const placed = this.placed.get(policy);
    return placed ? this.firstIn(this.found, policy.scope, placed) : [];
  }

  /** The same for an API that has no policy of its own. */
  public possibleOfApi(resource: Resource): readonly PolicyText[] {
    return this.firstIn(this.found, "api", { places: this.places.apisOf(resource) });
  }

  /** The first policies of operations that do not inherit those of an API, and can be of it, without its own. */
  public apartFromApi(resource: Resource, own: ReadonlySet<PolicyText>): readonly PolicyText[] {
    return this.firstIn(this.apart(), "api", { places: this.places.apisOf(resource), own });
  }

  private firstIn(all: ReadonlyMap<string, readonly Placed[]>, scope: PolicyScope, sought: Sought): PolicyText[] {
    const found = keysOf(scope, sought.places, looksFor).flatMap((key) => firstOf(all.get(key) ?? [], sought));
    const policies = [...new Set(found)].map((each) => each.policy);
    return policies.sort((one, other) => this.rankOf(one) - this.rankOf(other)).slice(0, MOST_RIVALS + 1);
  }

  /** Whether the configuration says what a policy is of. */
  public isPlaced(policy: PolicyText): boolean {
    return isOnePlace(this.placed.get(policy)?.places ?? []);
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
function firstOf(all: readonly Placed[], sought: Sought): Placed[] {
  const found: Placed[] = [];
  let compared = 0;
  for (const each of all) {
    if (found.length > MOST_RIVALS || compared > MOST_COMPARED) break;
    if (sought.own?.has(each.policy)) continue;
    const isSame = each === sought || (sought.sameKey !== undefined && sought.sameKey === each.sameKey);
    if (!isSame && (compared === MOST_COMPARED || canBeOfSame(sought, each))) found.push(each);
    compared++;
  }
  return found;
}

function canBeOfSame(one: Sought, other: Placed): boolean {
  return one.places.some((place) =>
    other.places.some((each) => place.every((part, at) => at >= each.length || canBePart(part, each[at]))),
  );
}

function isOnePlace(places: readonly PolicyPlace[]): boolean {
  return places.length === 1 && places[0].every(({ kind }) => kind !== "unknown");
}

/** The API of an operation. */
function ofApi([service, api]: PolicyPlace): PolicyPlace {
  return [service, api];
}

/** A file that was given twice has the same policies. */
function onePerAddress(policies: readonly PolicyText[]): PolicyText[] {
  const all = grouped(policies, ({ resource: { stack, address } }) => [JSON.stringify([stack.name, address])]);
  return [...all.values()].map(([first]) => first);
}

function placedAt(policy: PolicyText, finder: PolicyPlaces): Placed {
  const places = finder.of(policy);
  const [place] = places;
  const isOne = places.length === 1 && policy.resource.exists === true;
  const exact = isOne && place.every(({ isSure }) => isSure) ? place.map((part) => part.exact) : undefined;
  return {
    policy,
    places,
    isSure: isOne && isOnePlace(places),
    ...(exact && { sameKey: keyOf(policy.scope, exact) }),
  };
}

/** A key for each way in which the parts are found, one after the other. */
function keysOf(scope: PolicyScope, places: readonly PolicyPlace[], keysOfPart: (part: Part) => string[]): string[] {
  return places.flatMap((place) =>
    place
      .map(keysOfPart)
      .reduce<string[][]>((paths, keys) => paths.flatMap((path) => keys.map((key) => [...path, key])), [[]])
      .map((path) => keyOf(scope, path)),
  );
}

function keyOf(scope: PolicyScope, path: readonly string[]): string {
  return JSON.stringify([scope, ...path]);
}
