import { IConstruct } from "constructs";
import { lostBy } from "./removed";
import { stateOf } from "./state";
import { isToken } from "./tokens";

/** Makes one construct an alias of another: a name that is claimed on either is claimed on both. */
export function standFor(construct: IConstruct, original: IConstruct): void {
  originals(construct).set(construct, originalOf(original));
}

/** Makes a construct an alias of the first one in the app with the same name. */
export function standForNamed(construct: IConstruct, name: string): void {
  const named = stateOf(construct.node.root, "named-originals", () => new Map<string, IConstruct>());
  const first = named.get(name);
  if (first) standFor(construct, first);
  else named.set(name, construct);
}

/** The construct that another one is an alias of; itself if it is none. */
export function originalOf(construct: IConstruct): IConstruct {
  return originals(construct).get(construct) ?? construct;
}

/** Whether two constructs are one, or aliases of one. */
export function areSame(a: IConstruct, b: IConstruct): boolean {
  return originalOf(a) === originalOf(b);
}

function originals({ node }: IConstruct): Map<IConstruct, IConstruct> {
  return stateOf(node.root, "originals", () => new Map());
}

/**
 * Claims `name` on `owner` for `claimant`. Returns the path of the construct that claimed it before, or `undefined` for the first
 * one, or if that was removed since. Case is ignored. A name that only Terraform knows cannot be compared, and is not claimed.
 */
export function claim(owner: IConstruct, kind: string, name: string, claimant: IConstruct): string | undefined {
  if (isToken(name)) return undefined;
  const taken = stateOf(originalOf(owner), "claims", () => new Map<string, IConstruct>());
  const key = `${kind}:${name.toLowerCase()}`;
  const holder = taken.get(key);
  if (holder && lostBy(holder) === undefined) return holder.node.path;
  taken.set(key, claimant);
  return undefined;
}
