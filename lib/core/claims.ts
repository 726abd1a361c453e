import { IConstruct } from "constructs";
import { isToken } from "./tokens";

const claims = new WeakMap<IConstruct, Map<string, string>>();
const originals = new WeakMap<IConstruct, IConstruct>();
const named = new WeakMap<IConstruct, Map<string, IConstruct>>();

/** Says that one construct stands for another: what is claimed on either is claimed on both. */
export function standFor(construct: IConstruct, original: IConstruct): void {
  originals.set(construct, originalOf(original));
}

/** Says that a construct stands for the first one in the app that had the same name. */
export function standForNamed(construct: IConstruct, name: string): void {
  const { root } = construct.node;
  const firsts = named.get(root) ?? new Map<string, IConstruct>();
  named.set(root, firsts);
  const first = firsts.get(name);
  if (first) standFor(construct, first);
  else firsts.set(name, construct);
}

/** The construct that another one stands for; itself if it stands for none. */
export function originalOf(construct: IConstruct): IConstruct {
  return originals.get(construct) ?? construct;
}

/**
 * Notes that `claimant` takes `name` on `owner`, and says who took it before: `undefined` for the first. API Management
 * compares names and paths without regard to case. What Terraform alone knows cannot be compared, and is not claimed.
 */
export function claim(owner: IConstruct, kind: string, name: string, claimant: IConstruct): string | undefined {
  if (isToken(name)) return undefined;
  const original = originalOf(owner);
  const taken = claims.get(original) ?? new Map<string, string>();
  claims.set(original, taken);
  const key = `${kind}:${name.toLowerCase()}`;
  const holder = taken.get(key);
  if (holder === undefined) taken.set(key, claimant.node.path);
  return holder;
}
