import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import { MOST_RIVALS } from "../../rules/model/rivals";
import { once } from "../names";
import { addressFrom } from "../../rules/model/resource";
import type { Api } from "./apis";

/** An API with one of the policies that Azure can keep. */
export interface ApiVariant {
  readonly api: Api;
  /** The policy that is kept. None if the API has no more than one, or more than are looked at. */
  readonly kept?: PolicyText;
  /** Whether it surely is a policy of this API. */
  readonly isCertain: boolean;
  /** When the API is so, beside others. */
  readonly condition: string;
}

/** An API with each of its policies. Azure keeps the one that is applied last. */
export function variantsOf({ rivals }: Model, written: Api): ApiVariant[] {
  const { policies, resource = policies[0].resource } = written;
  const api = { ...written, perhapsApart: rivals.apartFromApi(resource, new Set(policies)) };
  const own = policies.filter(({ scope }) => scope === "api");
  const certain = new Set(once(own.map((policy) => rivals.allOf(policy))).flat());
  const possible =
    own.length === 0
      ? rivals.possibleOfApi(resource)
      : own.slice(0, MOST_RIVALS).flatMap((policy) => rivals.possibleOf(policy));
  const all = once([...certain, ...possible]);
  const none = own.length === 0 ? [{ api, isCertain: true, condition: "If this API has no policy of its own" }] : [];
  if (none.length + all.length < 2) return [{ api, isCertain: true, condition: "" }];
  const others = policies.filter(({ scope }) => scope !== "api");
  const kept = all.slice(0, MOST_RIVALS).map((policy) => {
    const isCertain = certain.has(policy) && policy.resource.exists === true;
    const condition = conditionOf(addressFrom(policy.resource, api.party.stack), isCertain);
    return { api: { ...api, policies: [policy, ...others] }, kept: policy, isCertain, condition };
  });
  // One that is not looked at can be the most open one.
  const open = {
    api: { ...api, policies: others, isAlone: true },
    isCertain: false,
    condition: conditionOf("another policy", false),
  };
  return [...none, ...kept, ...(all.length > MOST_RIVALS ? [open] : [])];
}

/** Those whose calls are shown. What a policy calls that can be of an API without one is shown with the API that the policy names. */
export function callingIn(variants: readonly ApiVariant[]): readonly ApiVariant[] {
  return variants[0].kept ? variants : variants.slice(0, 1);
}

/** Policies that can be of several APIs, because the configuration does not say which one they are of. */
export function undecidedIn({ rivals }: Model, variants: readonly ApiVariant[]): PolicyText[] {
  const possible = variants.flatMap(({ kept, isCertain, api: { perhapsApart = [] } }) => [
    ...(kept && !isCertain ? [kept] : []),
    ...perhapsApart,
  ]);
  return once(possible).filter((policy) => !rivals.isPlaced(policy));
}

function conditionOf(name: string, isCertain: boolean): string {
  return isCertain
    ? `If ${name} is the policy that is applied last`
    : `If ${name} is a policy of this API, and is applied last`;
}
