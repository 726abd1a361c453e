import { remembered } from "../../core/remembered";
import { azapiProperty, azapiTypeOf } from "./azapi";
import { choicesIn, pathIn, textOf } from "./choices";
import { afterReference, instanceName, isComputed, isOfInstance, referenceIn } from "./known-to-terraform";
import type { Resource } from "./resource";
import { instanceAt, nameOf, serviceIn, referredAt } from "./service";
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

/** How the configuration names an API. What only Terraform knows has the name of its stack. */
export interface ApiName {
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
const IDS = new WeakMap<Resource, readonly string[]>();

/** The API that a resource is or belongs to. */
export function apiOf(resource: Resource): OwnerApi {
  return remembered(APIS, resource, () => findApi(resource));
}

/** Resources of azurerm name their API. What azapi writes is below it: a policy of an operation is below the operation. */
function findApi(policy: Resource): OwnerApi {
  const names: ApiName[] = [];
  let isAny = false;
  const within = new Map<string, readonly [resource: Resource, index: string]>([["", [policy, ""]]]);
  for (const [resource, index] of within.values()) {
    if (within.size > MOST) return { names: [], isAny: true };
    for (const id of idsOf(resource)) {
      const written = writtenIn(id);
      const above = written ? undefined : referredAt(resource, id);
      if (above && idsOf(above).some((each) => each !== "")) {
        const { index: next = "" } = referenceIn(id) ?? {};
        within.set(`${above.stack.name} ${above.address}${next}`, [above, next]);
      } else if (!written && isComputed(id)) isAny = true;
      else if (id !== "") names.push(nameAt(resource, written, id, index));
    }
  }
  return { names, isAny };
}

function nameAt(resource: Resource, written: WrittenName | undefined, id: string, index: string): ApiName {
  const { service: found, name } = written ?? opaque(id);
  const api = isApi(resource) ? resource : undefined;
  const service = serviceIn(resource, found);
  // What is followed to a service has the name of that.
  const isId = service === found && resource.at("api_management_name").isAbsent;
  const writtenAs = isComputed(service) ? "computed" : isId ? "ID" : "name";
  const also = [...otherNames(name, api), ...revisionNamed(resource, name)];
  return { service, writtenAs, name: ofInstance(name, index), also, resource: api };
}

/** The name with its index, if all instances have the name of their resource. */
function ofInstance(name: string, index: string): string {
  const reference = referenceIn(name);
  if (reference?.attribute !== "" || reference.index !== "" || index === "") return name;
  return instanceName({ ...reference, index }) + afterReference(name);
}

/** The name with the revision of the one API by whose name it is written. */
function revisionNamed(resource: Resource, name: string): string[] {
  const [only, ...others] = resource.at("api_name").isAbsent ? [] : resource.referenced("api_name").filter(isApi);
  const revision = only && others.length === 0 ? revisionIn(only) : undefined;
  return revision === undefined || revision === "1" || /;rev=/i.test(name) ? [] : [`${name};rev=${revision}`];
}

/** The IDs of the API that a resource is or names, or of what it is below. */
function idsOf(resource: Resource): readonly string[] {
  return remembered(IDS, resource, () => findIds(resource));
}

function findIds(resource: Resource): readonly string[] {
  const all = (attribute: string): readonly string[] => choicesIn(resource, attribute);
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
  const revision = isApi(resource) ? revisionIn(resource) : undefined;
  return choicesIn(resource, attribute).map((name) => {
    const known = nameIn(resource, attribute, name);
    return revision === undefined || /;rev=/i.test(known) ? known : `${known};rev=${revision}`;
  });
}

function nameIn(resource: Resource, attribute: string, name: string): string {
  if (attribute === "name") return isOfInstance(name) ? nameOf(resource) : name;
  const isInstance = instanceAt(name, resource.referenced(attribute).filter(isApi)) !== undefined;
  return isInstance ? instanceName(referenceIn(name)!) : name;
}

/** The revision, as far as it is known. */
function revisionIn(api: Resource): string | undefined {
  const revision = revisionValue(api);
  return revision.isAbsent ? undefined : textOf(api, revision);
}

export function revisionOf(api: Resource): string | undefined {
  return revisionValue(api).text;
}

function revisionValue(api: Resource): Value {
  return apiProperty(api, api.type === TYPE ? "revision" : "api_revision");
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
  const [, service, joined] = /^(\$\{(?:[^@"]+@)?join\(.*?)"apis", *"([^"$]+)"/.exec(id) ?? [];
  return joined === undefined ? undefined : { service: `${service}}`, name: joined };
}

/** What only Terraform knows is the same where its expression is the same. */
function opaque(id: string): WrittenName {
  const path = pathIn(id);
  const end = path.findIndex((part) => /^(?:operations|policies)$/i.test(part));
  return { service: path.slice(0, end === -1 ? undefined : end).join("/"), name: "" };
}
