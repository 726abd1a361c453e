import { azapiProperty, azapiTypeOf } from "./azapi";
import type { Resource } from "./resource";
import type { Value } from "./value";

const TYPE = "azurerm_api_management_api";
export const AZAPI_API = "microsoft.apimanagement/service/apis";

/** The API that a policy or an operation belongs to, as far as the configuration says it. */
export interface OwnerApi {
  /** Its name, or the expression that says it. */
  readonly name?: string;
  /** What declares it, or looks it up. */
  readonly resource?: Resource;
}

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
  return /\/apis\/([^/;]+)/.exec(id.resolved)?.[1] ?? /"apis", *"([^"]+)"/.exec(id.resolved)?.[1];
}

/** Resources of azurerm name their API. What azapi writes is below it: a policy of an operation is below the operation. */
export function apiOf(resource: Resource, below: readonly Resource[] = []): OwnerApi {
  const name = resource.at("api_name");
  if (!name.isAbsent) return { name: written(name), resource: resource.referenced("api_name").find(isApi) };
  const parents = resource.referenced("parent_id").filter((each) => each !== resource && !below.includes(each));
  const api = parents.find(isApi);
  if (api) return { name: written(api.at("name")), resource: api };
  const named = apiInId(resource.at("parent_id"));
  if (named !== undefined || parents.length === 0) return { name: named };
  return apiOf(parents[0], [...below, resource]);
}

function written(name: Value): string {
  return name.text ?? name.template;
}
