import { attributeOf } from "../../policy/syntax/source-tree";
import { choosesBackend } from "../../policy/findings/backend-choice";
import { apiProperty } from "./api";
import { isUpdate } from "./azapi";
import { isEntity, urlOf } from "./backend-entity";
import type { Model } from "./model";
import type { PolicyText } from "./policy-text";
import type { Resource } from "./resource";
import type { Value } from "./value";

/** Where the requests of a policy go: to the backends that it chooses, or to the address of its API. */
export function destinationsOf(model: Model, policy: PolicyText): Value[] {
  const chosen = policy.located.filter(choosesBackend);
  if (chosen.length > 0)
    return chosen.map(({ element }) => {
      const address = attributeOf(element, "base-url");
      if (address !== undefined) return policy.valueOf(address);
      const name = policy.valueOf(attributeOf(element, "backend-id") ?? "");
      const entity = entityNamed(model, policy.resource, name);
      return entity ? urlOf(entity) : policy.valueOf("${unknown}");
    });
  if (policy.api.isAny) return [];
  return model.apis.ofPolicy(policy).flatMap((api) => {
    const addresses = addressesOf(api);
    return addresses.length > 0 ? addresses : [policy.valueOf("${unknown}")];
  });
}

/** Whether requests can go elsewhere, too, because only Terraform knows what changes the address of their API. */
export function canGoElsewhere(model: Model, policy: PolicyText): boolean {
  return !policy.located.some(choosesBackend) && model.apis.canBeMoved(policy);
}

/** The addresses that an API has, and those that azapi gives it later. */
function addressesOf(api: readonly Resource[]): Value[] {
  const created = api.filter(({ mode, exists }) => mode === "resource" && exists !== false);
  return created.flatMap((each) => {
    const address = apiProperty(each, "service_url");
    return address.isAbsent && isUpdate(each) ? [] : [address];
  });
}

/** The backend that a resource names: one of the same stack, if there are several. */
export function entityNamed(model: Model, { stack }: Resource, name: Value): Resource | undefined {
  const referenced = stack.referencedBy(name).find((each) => isEntity(each) && each.exists !== false);
  if (referenced || name.text === undefined) return referenced;
  return model.entityNamed(name.text, stack);
}
