import { IConstruct } from "constructs";
import { isToken } from "./tokens";

const claims = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Notes that `claimant` takes `name` on `owner`, and says who took it before: `undefined` for the first. API Management
 * compares names and paths without regard to case. What Terraform alone knows cannot be compared, and is not claimed.
 */
export function claim(owner: IConstruct, kind: string, name: string, claimant: IConstruct): string | undefined {
  if (isToken(name)) return undefined;
  const taken = claims.get(owner) ?? new Map<string, string>();
  claims.set(owner, taken);
  const key = `${kind}:${name.toLowerCase()}`;
  const holder = taken.get(key);
  if (holder === undefined) taken.set(key, claimant.node.path);
  return holder;
}
