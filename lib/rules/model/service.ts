import { azapiTypeOf } from "./azapi";
import { isOfInstance, pathIn } from "./choices";
import type { Resource } from "./resource";

const GATEWAY = "azurerm_api_management";
const PROVIDER = "Microsoft.ApiManagement/service";

/** A workspace is below a service. More is not looked at. */
const MOST = 8;

/** An ID that begins with that of one resource, or of one instance of it. */
const ID_OF = /^\$\{((?:data\.)?[a-z]\w*\.[\w-]+)(?:\[(?:[^[\]*]|\[[^[\]*]*\])*\])?\.id\}/;

/** The resource with whose ID another ID begins that is written in a resource. */
export function referredAt(resource: Resource, id: string): Resource | undefined {
  const [, address] = ID_OF.exec(id) ?? [];
  if (address === undefined) return undefined;
  const attributes = ["parent_id", "resource_id", "api_management_id", "api_management_name"];
  return attributes.flatMap((each) => resource.referenced(each)).find((each) => each.address === address);
}

/** The name of a service, and of its workspace, that is written in a resource as a name or an ID. */
export function serviceIn(resource: Resource, written: string): string {
  let service = written;
  let above = referredAt(resource, service);
  for (let level = 0; above && level < MOST; level++) {
    const id = idOf(above);
    if (id === undefined) break;
    service = id + service.replace(ID_OF, "");
    above = referredAt(above, service);
  }
  const named = instanceIn(resource, service);
  return named ?? pathIn(service).join("/");
}

/** The ID of a service or a workspace, as far as it is written. */
function idOf(resource: Resource): string | undefined {
  const text = (attribute: string): string => resource.at(attribute).resolved;
  const type = azapiTypeOf(resource);
  if (resource.type === GATEWAY) return `/${PROVIDER}/${nameOf(resource)}`;
  if (resource.type === `${GATEWAY}_workspace`) return `${text("api_management_id")}/workspaces/${nameOf(resource)}`;
  if (!type?.startsWith(PROVIDER.toLowerCase())) return undefined;
  if (!resource.at("resource_id").isAbsent) return text("resource_id");
  if (type === PROVIDER.toLowerCase()) return `/${PROVIDER}/${nameOf(resource)}`;
  return type.endsWith("/workspaces") ? `${text("parent_id")}/workspaces/${nameOf(resource)}` : undefined;
}

/** A name, or the address of what has a name for each instance. */
function nameOf(resource: Resource): string {
  const { resolved } = resource.at("name");
  return isOfInstance(resolved) ? `\${${resource.address}}` : resolved;
}

/** The service of which a resource of azurerm has the name of an instance. */
function instanceIn(resource: Resource, service: string): string | undefined {
  if (!isOfInstance(service)) return undefined;
  const [only, ...others] = resource.referenced("api_management_name").filter(({ type }) => type === GATEWAY);
  return only && others.length === 0 ? nameOf(only) : undefined;
}
