import { attributeOf } from "../../policy/syntax/source-tree";
import { choosesBackend } from "../../policy/findings/backend-choice";
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
      const entity = entityNamed(model, policy, attributeOf(element, "backend-id") ?? "");
      return entity ?? policy.valueOf("${unknown}");
    });
  const api = apiOf(model, policy);
  return api ? [api.at("service_url")] : [];
}

function entityNamed(model: Model, policy: PolicyText, id: string): Value | undefined {
  const name = policy.valueOf(id);
  const [referenced] = policy.resource.stack.referencedBy(name);
  const entities = model.calls.filter(({ attribute }) => attribute === "url" || attribute === "body.properties.url");
  return entities.find(
    ({ resource }) => resource === referenced || (name.text !== undefined && resource.at("name").text === name.text),
  )?.url;
}

/** The API that a policy belongs to. */
export function apiOf(model: Model, policy: PolicyText): Resource | undefined {
  const name = nameOfApi(policy);
  const apis = model.ofType("azurerm_api_management_api");
  return (
    policy.resource.referenced("api_name").find((each) => apis.includes(each)) ??
    apis.find((api) => api.stack === policy.resource.stack && api.at("name").text === name)
  );
}

/** The name of the API that a policy belongs to, or the expression that says it. */
export function nameOfApi({ resource }: PolicyText): string {
  const name = resource.at("api_name");
  return name.text ?? name.template;
}
