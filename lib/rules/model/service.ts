import { azapiTypeOf } from "./azapi";
import { pathIn, textIn } from "./choices";
import { afterReference, instanceName, isOfInstance, referenceIn } from "./known-to-terraform";
import type { Resource } from "./resource";

const GATEWAY = "azurerm_api_management";
const PROVIDER = "Microsoft.ApiManagement/service";

/** A workspace is below a service. More is not looked at. */
const MOST = 8;

/** Whether it creates or reads a service. */
export function isService(resource: Resource): boolean {
  return resource.type === GATEWAY || azapiTypeOf(resource) === PROVIDER.toLowerCase();
}

/** The resource with whose ID another ID begins that is written in a resource. */
export function referredAt(resource: Resource, id: string): Resource | undefined {
  const { stack, address, attribute } = referenceIn(id) ?? {};
  if (address === undefined || attribute !== "id") return undefined;
  const attributes = ["parent_id", "resource_id", "api_management_id", "api_management_name"];
  return attributes
    .flatMap((each) => resource.referenced(each))
    .find((each) => each.address === address && each.stack.name === stack);
}

/** The name of a service, and of its workspace, that is written in a resource as a name or an ID. */
export function serviceIn(resource: Resource, written: string): string {
  let service = written;
  let above = referredAt(resource, service);
  for (let level = 0; above && level < MOST; level++) {
    const id = idOf(above, referenceIn(service)?.index);
    if (id === undefined) break;
    service = id + afterReference(service);
    above = referredAt(above, service);
  }
  return instanceIn(resource, service) ?? pathIn(service).join("/");
}

/** The ID of a service or a workspace, as far as it is written. */
function idOf(resource: Resource, index?: string): string | undefined {
  const text = (attribute: string): string => textIn(resource, attribute);
  const type = azapiTypeOf(resource);
  const name = nameOf(resource, index);
  if (resource.type === GATEWAY) return `/${PROVIDER}/${name}`;
  if (resource.type === `${GATEWAY}_workspace`) return `${text("api_management_id")}/workspaces/${name}`;
  if (!type?.startsWith(PROVIDER.toLowerCase())) return undefined;
  if (!resource.at("resource_id").isAbsent) return text("resource_id");
  if (type === PROVIDER.toLowerCase()) return `/${PROVIDER}/${name}`;
  return type.endsWith("/workspaces") ? `${text("parent_id")}/workspaces/${name}` : undefined;
}

/** A name, or the address of what has a name for each instance. */
export function nameOf(resource: Resource, index = "", attribute = "name"): string {
  const name = textIn(resource, attribute);
  const { stack, address } = resource;
  return isOfInstance(name) ? instanceName({ stack: stack.name, address, index }) : name;
}

/** The service of which a resource of azurerm has the name of an instance. */
function instanceIn(resource: Resource, service: string): string | undefined {
  const isInstance = instanceAt(service, resource.referenced("api_management_name").filter(isService)) !== undefined;
  return isInstance ? instanceName(referenceIn(service)!) : undefined;
}

/** The resource of which a text is the name of an instance. */
export function instanceAt(text: string, resources: readonly Resource[], named = "name"): Resource | undefined {
  const { stack, address, attribute } = referenceIn(text) ?? {};
  if (attribute !== named || afterReference(text) !== "") return undefined;
  return resources.find((each) => each.address === address && each.stack.name === stack);
}
