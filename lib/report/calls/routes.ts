import { choosesBackend } from "../../policy/findings/backend-choice";
import { Located } from "../../policy/findings/located";
import { attributeOf } from "../../policy/syntax/source-tree";
import { includedIn } from "../../rules/fragments";
import { apiProperty } from "../../rules/model/api";
import { azapiProperty } from "../../rules/model/azapi";
import { isAzapiEntity, isEntity, urlOf } from "../../rules/model/backend-entity";
import { entityNamed } from "../../rules/model/destinations";
import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Resource } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import type { Api } from "../parties/apis";
import type { Inbound } from "./inbound";

/** Where an API sends requests. */
export interface Route {
  readonly url: Value;
  /** What has the URL. */
  readonly owner: Resource;
  /** The entity of the backend, if there is one. */
  readonly entity?: Resource;
  /** The policy that chooses the backend. */
  readonly policy?: PolicyText;
  readonly chosen?: Located;
}

/** Where an API sends its requests: to what its policies choose, or to its own address. */
export function routesOf(model: Model, api: Api, inbound: Inbound): Route[] {
  const chosen = api.policies.flatMap((policy) => routesIn(model, policy, policy));
  const isAlways = chosen.some(({ policy, chosen: by }) => policy?.scope === "api" && by?.nested === false);
  // An operation that does not inherit the policy of the API goes to the address of the API, unless it chooses a backend.
  const apart = inbound
    .apartFrom(api)
    .filter(
      (policy) => policy.tree !== undefined && !chosen.some((each) => each.policy === policy && !each.chosen?.nested),
    )
    .flatMap((policy) => ownAddress(api).map((route) => ({ ...route, policy })));
  if (isAlways) return [...chosen, ...apart];
  const inherited = inbound.inheritedDocuments(api).flatMap((policy) => routesIn(model, policy, policy));
  const isInherited = inherited.some(({ policy, chosen: by }) => policy?.scope === "global" && by?.nested === false);
  return [...chosen, ...apart, ...inherited, ...(isInherited ? [] : ownAddress(api))];
}

function ownAddress({ resource }: Api): Route[] {
  if (!resource || resource.mode === "data") return [];
  const url = apiProperty(resource, "service_url");
  return url.isAbsent || url.literal === "" ? [] : [{ url, owner: resource }];
}

function routesIn(model: Model, policy: PolicyText, outer: PolicyText, around: readonly PolicyText[] = []): Route[] {
  const within = [...around, policy];
  return policy.located.flatMap((located): Route[] => {
    const included = includedIn(model, policy, located)
      .filter((each) => !within.includes(each))
      .flatMap((each) => routesIn(model, each, outer, within));
    return choosesBackend(located) ? routesBy(model, policy, located, outer) : included;
  });
}

function routesBy(model: Model, policy: PolicyText, chosen: Located, outer: PolicyText): Route[] {
  const owner = policy.resource;
  const at = { policy: outer, chosen };
  const address = attributeOf(chosen.element, "base-url");
  if (address !== undefined) return [{ ...at, owner, url: policy.valueOf(address) }];
  const name = policy.valueOf(attributeOf(chosen.element, "backend-id") ?? "");
  const entity = entityNamed(model, owner, name);
  if (!entity) return [{ ...at, owner, url: name }];
  return membersOf(model, entity).map((member) => ({ ...at, owner: member, entity: member, url: urlOf(member) }));
}

/** The backends of a pool, or the backend itself. */
function membersOf(model: Model, entity: Resource): Resource[] {
  const services = isAzapiEntity(entity) ? azapiProperty(entity, "properties.pool.services").elements : [];
  const members = services.flatMap((service) => {
    const id = service.at("id");
    const referenced = entity.stack.referencedBy(id).find(isEntity);
    const [, name] = /\/backends\/([^/]+)$/.exec(id.resolved) ?? /"backends", *"([^"]+)"/.exec(id.resolved) ?? [];
    return referenced ?? (name === undefined ? [] : (entityNamed(model, entity, entity.stack.valueOf(name)) ?? []));
  });
  return members.length > 0 ? members : [entity];
}
