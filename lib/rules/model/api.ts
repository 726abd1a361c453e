import { remembered } from "../../core/remembered";
import { azapiProperty, azapiTypeOf } from "./azapi";
import { choicesIn, isOfInstance, pathIn } from "./choices";
import type { Owner, Resource } from "./resource";
import { serviceIn, referredAt } from "./service";
import { templateParts } from "./template";
import type { Value } from "./value";

const TYPE = "azurerm_api_management_api";
export const AZAPI_API = "microsoft.apimanagement/service/apis";

/** Policies, operations and APIs stand within each other, and Terraform may choose one of some. More is not looked at. */
const MOST = 16;

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
  return writtenIn(id.resolved)?.name.replace(/;.*/, "");
}

/** How the configuration names an API. */
export interface ApiName {
  readonly stack: Owner;
  /** The service, and its workspace. Empty if nothing says it, and the whole ID if only Terraform knows that. */
  readonly service: string;
  /** How that is written. What is computed can be any service, and a name that only Terraform knows can belong to any ID. */
  readonly writtenAs: "name" | "ID" | "computed";
  /** The name, with its revision. Empty if only Terraform knows the whole ID. */
  readonly name: string;
  /** What it can be called, too, as other APIs can: a revision without its number, or an instance with its key. */
  readonly also: readonly string[];
  /** What declares, reads or changes it, if it is found by a reference. */
  readonly resource?: Resource;
}

/** The API that a policy belongs to, or that a resource is. */
export interface OwnerApi {
  /** Its name. Several if Terraform chooses one of some APIs, and none if nothing says it. */
  readonly names: readonly ApiName[];
  /** Whether it can be any API, because something is computed. */
  readonly isAny: boolean;
}

const APIS = new WeakMap<Resource, OwnerApi>();
const IDS = new WeakMap<Resource, string[]>();

/** The API that a resource is or belongs to. */
export function apiOf(resource: Resource): OwnerApi {
  return remembered(APIS, resource, () => findApi(resource));
}

/** Resources of azurerm name their API. What azapi writes is below it: a policy of an operation is below the operation. */
function findApi(policy: Resource): OwnerApi {
  const names: ApiName[] = [];
  let isAny = false;
  const within = new Set([policy]);
  for (const resource of within) {
    if (within.size > MOST) return { names: [], isAny: true };
    for (const id of idsOf(resource)) {
      const written = writtenIn(id);
      const above = written ? undefined : referredAt(resource, id);
      if (above && idsOf(above).some((each) => each !== "")) within.add(above);
      else if (!written && isComputed(id)) isAny = true;
      else if (id !== "") names.push(nameAt(resource, written, id));
    }
  }
  return { names, isAny };
}

function nameAt(resource: Resource, written: WrittenName | undefined, id: string): ApiName {
  const { service: found, name } = written ?? opaque(id);
  const api = isApi(resource) ? resource : undefined;
  const service = serviceIn(resource, found);
  // What is followed to a service has the name of that.
  const isId = service === found && resource.at("api_management_name").isAbsent;
  const writtenAs = isComputed(service) ? "computed" : isId ? "ID" : "name";
  const also = [...otherNames(name, api), ...revisionNamed(resource, name)];
  return { stack: resource.stack, service, writtenAs, name, also, resource: api };
}

/** The name with the revision of the one API by whose name it is written. */
function revisionNamed(resource: Resource, name: string): string[] {
  const [only, ...others] = resource.at("api_name").isAbsent ? [] : resource.referenced("api_name").filter(isApi);
  const revision = only && others.length === 0 ? revisionOf(only) : undefined;
  return revision === undefined || revision === "1" || /;rev=/i.test(name) ? [] : [`${name};rev=${revision}`];
}

/** The IDs of the API that a resource is or names, or of what it is below. */
function idsOf(resource: Resource): string[] {
  return remembered(IDS, resource, () => findIds(resource));
}

function findIds(resource: Resource): string[] {
  const all = (attribute: string): string[] => choicesIn(resource, attribute);
  const api = (service: string, name: string): string[] =>
    all(service).flatMap((id) => namesIn(resource, name).map((each) => `${id}/apis/${each}`));
  if (!resource.at("api_name").isAbsent) return api("api_management_name", "api_name");
  if (resource.type === TYPE) return api("api_management_name", "name");
  if (!resource.at("resource_id").isAbsent) return all("resource_id");
  return isApi(resource) || isIdOfApi(resource) ? api("parent_id", "name") : all("parent_id");
}

/** What azapi makes of the names of an API and its service. */
function isIdOfApi(resource: Resource): boolean {
  const type = resource.type === "azapi_resource_id" ? resource.at("type").text : undefined;
  return type !== undefined && /^microsoft\.apimanagement\/service(?:\/workspaces)?\/apis(?:@|$)/i.test(type);
}

/** The names of an API, with its revision. The address says better than a key of `for_each` which API it is. */
function namesIn(resource: Resource, attribute: string): string[] {
  const revision = isApi(resource) ? revisionOf(resource) : undefined;
  return choicesIn(resource, attribute).map((name) => {
    const [only, ...others] = attribute === "name" ? [resource] : resource.referenced(attribute).filter(isApi);
    const known = isOfInstance(name) && only && others.length === 0 ? `\${${only.address}}` : name;
    return revision === undefined || /;rev=/i.test(known) ? known : `${known};rev=${revision}`;
  });
}

export function revisionOf(api: Resource): string | undefined {
  return apiProperty(api, api.type === TYPE ? "revision" : "api_revision").text;
}

/** The first revision is mostly the current one, which has no number. Any other can become it. */
function otherNames(name: string, api: Resource | undefined): string[] {
  const own = api && !api.at("name").isAbsent ? choicesIn(api, "name") : [];
  return [...new Set([...own, name.replace(/;rev=1$/i, "")])].filter((other) => other !== name);
}

type WrittenName = Pick<ApiName, "service" | "name">;

/** An ID that has the name of an API, as text or in parts that Terraform joins. */
function writtenIn(id: string): WrittenName | undefined {
  const path = pathIn(id);
  const from = path[1]?.toLowerCase() === "workspaces" ? 3 : 1;
  const at = path.findIndex((part, index) => index >= from && part.toLowerCase() === "apis");
  const name = at === -1 ? "" : (path[at + 1] ?? "");
  if (name !== "") return { service: path.slice(0, at).join("/"), name };
  const [, service, joined] = /^(\$\{join\(.*?)"apis", *"([^"$]+)"/.exec(id) ?? [];
  return joined === undefined ? undefined : { service: `${service}}`, name: joined };
}

/** What only Terraform knows is the same where its expression is the same. */
function opaque(id: string): WrittenName {
  const path = pathIn(id);
  const end = path.findIndex((part) => /^(?:operations|policies)$/i.test(part));
  return { service: path.slice(0, end === -1 ? undefined : end).join("/"), name: "" };
}

/** What comes from outside: the same expression is the same value. Others are computed, also of what is known here. */
const OUTSIDE =
  /^(?:(?:var|module|data)(?:\.[\w-]+|\["[^"]*"\]|\[\d+\])+|[a-z][a-z0-9]*_\w+\.[\w-]+(?:\["[^"]*"\]|\[\d+\])?\.\w+)$/;

function isComputed(id: string): boolean {
  return templateParts(id).some(({ text, isExpression }) => isExpression && !OUTSIDE.test(text));
}
