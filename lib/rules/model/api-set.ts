import { grouped } from "../../core/grouped";
import type { ApiName, OwnerApi } from "./api";
import { canBeSame, folded, isComputed, isInstanceName, stackIn } from "./known-to-terraform";

/** More of which each can be the same are not compared. */
const MOST = 16;

/** More stacks that name an API by what they are told are not compared. */
const MOST_STACKS = 64;

/**
 * How far the name of an API or of its service is known. Two that are known in the same way have different names if these are written
 * differently. What is computed can be any name.
 */
const WAYS = ["known", "instance", "name", "ID", "whole ID", "computed"] as const;
type Way = (typeof WAYS)[number];

/** What creates an API and its service, if the configuration does. Two resources create two things. */
export interface Creators {
  readonly ofApi: (api: ApiName) => string | undefined;
  readonly ofService: (api: ApiName) => string | undefined;
}

/** APIs among which others are looked for. */
export class ApiSet {
  private readonly same: ReadonlySet<string>;
  private readonly alike: ReadonlyMap<string, readonly ApiName[]>;
  /** Those whose names stacks are told from outside, by the stack. */
  private readonly told: ReadonlyMap<string, ReadonlyMap<string, readonly ApiName[]>>;
  private readonly hasAny: boolean;

  constructor(
    private readonly all: readonly OwnerApi[],
    private readonly creators: Creators,
  ) {
    const names = all.flatMap((api) => api.names);
    this.same = new Set(names.flatMap(keysOf));
    this.alike = grouped(names, (each) => this.waysOf(each));
    this.told = new Map(
      [...grouped(names.filter(isTold), (each) => this.waysOf(each))].map(([key, found]) => [
        key,
        grouped(found, ({ name }) => [stackIn(name) ?? ""]),
      ]),
    );
    this.hasAny = all.some(({ isAny }) => isAny);
  }

  /** Whether it has an API, or one that Terraform can choose for it; `undefined` if only Terraform knows. */
  public has({ names, isAny }: OwnerApi): boolean | undefined {
    if (names.some((each) => keysFor(each).some((key) => this.same.has(key)))) return true;
    const canBeAny = this.hasAny || (isAny && this.all.length > 0);
    return canBeAny || names.some((each) => this.canHave(each) || this.canBeTold(each)) ? undefined : false;
  }

  private canHave(api: ApiName): boolean {
    return this.waysFor(api).some((key) => {
      const found = this.alike.get(key) ?? [];
      return found.length > MOST || found.some((each) => canBe(api, each));
    });
  }

  /** Two stacks can be told the same name, but one stack is not told it twice. */
  private canBeTold(api: ApiName): boolean {
    if (!isTold(api)) return false;
    const own = stackIn(api.name);
    const keys = combined(this.servicesFor(api), ["name"], others(this.creators.ofApi(api)));
    return keys.some((key) => {
      let compared = 0;
      for (const [stack, names] of this.told.get(key) ?? []) {
        if (stack === own) continue;
        if (names.length > MOST || ++compared > MOST_STACKS || names.some((each) => canBe(api, each))) return true;
      }
      return false;
    });
  }

  /** By these, one is found that can be the same. */
  private waysOf(api: ApiName): string[] {
    const [creator, creatorOfService] = [this.creators.ofApi(api), this.creators.ofService(api)];
    const way = serviceWay(api);
    const services =
      api.service === ""
        ? ["any", "none"]
        : ["any", textKey(api.service), ...creations(creatorOfService).map((by) => `${way} ${by}`)];
    const names = namesOf(api).flatMap((name) => [textKey(name), nameWay(name)]);
    return combined(services, names, creations(creator));
  }

  /** By these, it looks for them. */
  private waysFor(api: ApiName): string[] {
    const names = namesOf(api).flatMap((name) => [textKey(name), ...otherWays(nameWay(name))]);
    return [...combined(this.servicesFor(api), names, others(this.creators.ofApi(api))), ...this.waysAcross(api)];
  }

  private servicesFor(api: ApiName): string[] {
    const creator = this.creators.ofService(api);
    const ways = otherWays(serviceWay(api)).flatMap((way) => others(creator).map((by) => `${way} ${by}`));
    return api.service === "" ? ["any"] : ["none", textKey(api.service), ...ways];
  }

  /** An API of the same written name can be on the same service, which two stacks are told from outside. */
  private waysAcross(api: ApiName): string[] {
    const way = serviceWay(api);
    if (way !== "name" && way !== "ID") return [];
    const services = others(this.creators.ofService(api)).map((by) => `${way} ${by}`);
    const names = namesOf(api).filter((name) => nameWay(name) === "known");
    return combined(services, names.map(textKey), others(this.creators.ofApi(api)));
  }
}

function combined(...lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (before, list) => before.flatMap((each) => [...new Set(list)].map((part) => `${each}\n${part}`)),
    [""],
  );
}

/** How something is found by what creates it. */
function creations(creator: string | undefined): string[] {
  return creator === undefined ? ["elsewhere"] : ["here", `by ${creator}`];
}

/** What can be the same by what creates it. */
function others(creator: string | undefined): string[] {
  return creator === undefined ? ["elsewhere", "here"] : ["elsewhere", `by ${creator}`];
}

function otherWays(way: Way): Way[] {
  return WAYS.filter((other) => other !== way || way === "computed");
}

function serviceWay({ service, name, writtenAs }: ApiName): Way {
  if (!service.includes("${")) return "known";
  if (isInstanceName(service)) return "instance";
  if (writtenAs === "computed") return "computed";
  return name === "" ? "whole ID" : writtenAs;
}

/** A name of which nothing is known is as good as computed. */
function nameWay(name: string): Way {
  if (name === "" || isComputed(name)) return isInstanceName(name) ? "instance" : "computed";
  return name.includes("${") ? "name" : "known";
}

function canBe(one: ApiName, other: ApiName): boolean {
  const isService = one.service === "" || other.service === "" || canBeService(one, other);
  const isName = (name: string): boolean => namesOf(other).some((each) => each === "" || canBeSame(name, each));
  return isService && namesOf(one).some((name) => name === "" || isName(name));
}

/** Two that one stack is told from outside in the same way are two. */
function canBeService(one: ApiName, other: ApiName): boolean {
  const [way, otherWay] = [one, other].map(serviceWay);
  const isSame = folded(one.service) === folded(other.service);
  const isTwo = way === otherWay && way !== "computed" && !isSame && stackIn(one.service) === stackIn(other.service);
  return !isTwo && canBeSame(one.service, other.service);
}

function isTold({ name }: ApiName): boolean {
  return nameWay(name) === "name";
}

function namesOf({ name, also }: ApiName): string[] {
  return [name, ...also];
}

/** By these, an API is found. */
export function keysOf({ service, name, also }: ApiName): string[] {
  const services = ["any", service === "" ? "none" : textKey(service)];
  const names = [`named ${textKey(name)}`, ...also.map((other) => `also ${textKey(other)}`)];
  return combined(services, names);
}

/**
 * By these, it is looked for on its service, or on any if nothing says that. What it can be called, too, does not find what can be called
 * the same, too.
 */
export function keysFor({ service, name, also }: ApiName): string[] {
  const services = service === "" ? ["any"] : ["none", textKey(service)];
  const names = [
    ...["named", "also"].map((way) => `${way} ${textKey(name)}`),
    ...also.map((other) => `named ${textKey(other)}`),
  ];
  return combined(services, names);
}

function textKey(text: string): string {
  return `=${folded(text)}`;
}
