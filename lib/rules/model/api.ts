import { azapiProperty, azapiTypeOf } from "./azapi";
import type { Resource } from "./resource";
import type { Value } from "./value";

const TYPE = "azurerm_api_management_api";
export const AZAPI_API = "microsoft.apimanagement/service/apis";

export function isApi(resource: Resource): boolean {
  return resource.type === TYPE || azapiTypeOf(resource) === AZAPI_API;
}

/** What is written about an API, with azurerm or with azapi. */
export function apiProperty(api: Resource, name: string): Value {
  if (api.type === TYPE) return api.at(name);
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return azapiProperty(api, `properties.${camel}`);
}

/** The name of the API that is named in an ID, which Terraform may join. */
export function apiInId(id: Value): string | undefined {
  return writtenApi(id.resolved)?.name.replace(/;.*/, "") ?? /"apis", *"([^"]+)"/.exec(id.resolved)?.[1];
}

/** How the configuration names an API. */
export interface ApiName {
  /** The service, and its workspace. */
  readonly service: string;
  /** The name, with its revision if that is written. */
  readonly name: string;
}

/** The API that a policy or an operation belongs to, as far as the configuration says it. */
export interface OwnerApi extends Partial<ApiName> {
  /** The APIs that it can be: several if Terraform chooses one. */
  readonly resources: readonly Resource[];
}

/** Resources of azurerm name their API. What azapi writes is below it: a policy of an operation is below the operation. */
export function apiOf(policy: Resource): OwnerApi {
  const seen = new Set<Resource>();
  for (let resource = policy; ;) {
    seen.add(resource);
    const name = resource.at("api_name");
    if (!name.isAbsent) return namedApi(resource, name);
    const attribute = resource.at("parent_id").isAbsent ? "resource_id" : "parent_id";
    const id = resource.at(attribute).resolved;
    const written = writtenApi(id);
    if (written) return { ...written, resources: [] };
    const referenced = resource.referenced(attribute);
    const above = exactlyIn(id, referenced);
    if (above && isApi(above)) return { ...nameOf(above), resources: [above] };
    if (!above || seen.has(above)) return { ...unknownApi(id), resources: referenced.filter(isApi) };
    resource = above;
  }
}

/** The name of an API that the configuration declares or reads. */
export function nameOf(api: Resource): ApiName {
  const id = api.at("resource_id").resolved;
  const name = written(api.at("name"));
  const service = api.type === TYPE ? api.at("api_management_name") : api.at("parent_id");
  return (name === "" ? writtenApi(id) : undefined) ?? { service: serviceIn(api, service), name };
}

/** One of the APIs that a resource of azurerm refers to, or one that it only names. */
function namedApi(resource: Resource, value: Value): OwnerApi {
  const name = written(value);
  const referenced = resource.referenced("api_name").filter(isApi);
  const named = referenced.filter((api) => written(api.at("name")) === name);
  const possible = named.length > 0 ? named : referenced;
  if (possible.length === 1) return { ...nameOf(possible[0]), resources: possible };
  return { service: serviceIn(resource, resource.at("api_management_name")), name, resources: referenced };
}

/** A name in an ID ends before the next slash, but not within an expression. */
const ID = /^(.*)\/apis\/((?:\$\{[^{}]*\}|[^/$])+)/i;

function writtenApi(id: string): ApiName | undefined {
  const [, service, name] = ID.exec(id) ?? [];
  return name === undefined ? undefined : { service: lastPartOf(service), name };
}

/** What only Terraform knows is the same where its expression is the same. */
function unknownApi(id: string): ApiName | undefined {
  const expression = id.replace(/\/(?:operations|policies)\/.*/i, "");
  return expression === "" ? undefined : { service: expression, name: "" };
}

/** The only resource that an ID consists of. */
function exactlyIn(id: string, referenced: readonly Resource[]): Resource | undefined {
  const [, address] = /^\$\{([^[\]{}]+?)(?:\[[^[\]]*\])?\.id\}/.exec(id) ?? [];
  return referenced.find((resource) => resource.address === address);
}

/** The service that a value names or is the ID of: its name, or the address of a resource whose name only Terraform knows. */
function serviceIn(resource: Resource, value: Value): string {
  const referenced = value.isAbsent ? [] : resource.stack.referencedBy(value);
  const service = referenced.find((each) => each.type === "azurerm_api_management");
  return lastPartOf(service ? (service.at("name").text ?? service.address) : value.resolved);
}

/** The name of a service, and of its workspace, of which an ID says more. */
function lastPartOf(service: string): string {
  return /\/service\/(.*)$/i.exec(service)?.[1] ?? service;
}

function written(name: Value): string {
  return name.text ?? name.resolved;
}
