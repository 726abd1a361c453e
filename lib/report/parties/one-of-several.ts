import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import { MOST_RIVALS } from "../../rules/model/rivals";
import { once } from "../names";
import type { Api } from "./apis";

/** An API with one of the policies that Azure can keep. */
export interface ApiVariant {
  readonly api: Api;
  /** The policy that is kept. None if the API has no more than one, or more than are looked at. */
  readonly kept?: PolicyText;
  /** Whether it surely is a policy of this API. */
  readonly isCertain: boolean;
}

/** An API with each of its policies. Azure keeps the one that is applied last. */
export function variantsOf({ rivals }: Model, api: Api): ApiVariant[] {
  const own = api.policies.filter(({ scope }) => scope === "api");
  const certain = new Set(once(own.map((policy) => rivals.allOf(policy))).flat());
  const all = once([...certain, ...own.slice(0, MOST_RIVALS).flatMap((policy) => rivals.possibleOf(policy))]);
  if (all.length < 2) return [{ api, isCertain: true }];
  const others = api.policies.filter(({ scope }) => scope !== "api");
  const kept = all.slice(0, MOST_RIVALS).map((policy) => ({
    api: { ...api, policies: [policy, ...others] },
    kept: policy,
    isCertain: certain.has(policy) && policy.resource.exists === true,
  }));
  // One that is not looked at can be the most open one.
  const open = { api: { ...api, policies: others, isAlone: true }, isCertain: false };
  return all.length > MOST_RIVALS ? [...kept, open] : kept;
}
