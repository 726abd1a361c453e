import { attributeOf } from "../../policy/syntax/source-tree";
import { choosesBackend } from "../../policy/findings/backend-choice";
import { azapiProperty, azapiTypeOf } from "./azapi";
import { isAzapiEntity } from "./backend-entity";
import type { Configuration } from "./configuration";
import type { PolicyText } from "./policy-text";
import type { Resource } from "./resource";
import type { Value } from "./value";

/** An address that a gateway calls. */
export interface BackendCall {
  readonly resource: Resource;
  /** The attribute that has the address. */
  readonly attribute: string;
  readonly url: Value;
  /** The policy that has it, and where. */
  readonly policy?: PolicyText;
  readonly offset?: number;
}

/** Whether it belongs to API Management. */
export function isOfGateway(resource: Resource): boolean {
  return (
    resource.type.startsWith("azurerm_api_management") ||
    azapiTypeOf(resource)?.startsWith("microsoft.apimanagement/") === true
  );
}

/** What the gateways of a model call. */
export function callsIn(configuration: Configuration, policies: readonly PolicyText[]): BackendCall[] {
  const declared = configuration.resources.flatMap((resource): BackendCall[] => {
    if (resource.mode === "data") return [];
    if (resource.type === "azurerm_api_management_backend") return [callAt(resource, "url")];
    if (resource.type === "azurerm_api_management_api") return [callAt(resource, "service_url")];
    const isEntity = isAzapiEntity(resource);
    if (!isEntity && azapiTypeOf(resource) !== "microsoft.apimanagement/service/apis") return [];
    const name = isEntity ? "url" : "serviceUrl";
    return [{ resource, attribute: `body.properties.${name}`, url: azapiProperty(resource, `properties.${name}`) }];
  });
  return [...declared, ...policies.flatMap(addressesIn)].filter(({ url }) => !url.isAbsent);
}

function callAt(resource: Resource, attribute: string): BackendCall {
  return { resource, attribute, url: resource.at(attribute) };
}

/** The addresses that a policy chooses as a backend. */
function addressesIn(policy: PolicyText): BackendCall[] {
  return policy.located.filter(choosesBackend).flatMap(({ element }) => {
    const address = attributeOf(element, "base-url");
    if (address === undefined) return [];
    const { resource, attribute } = policy;
    return [{ resource, attribute, url: policy.valueOf(address), policy, offset: element.start }];
  });
}
