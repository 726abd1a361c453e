import { grouped } from "../../core/grouped";
import { once } from "../../core/once";
import { ApiName, apiOf, apiProperty, isApi } from "./api";
import { azapiTypeOf, isUpdate } from "./azapi";
import { pathIn, textIn } from "./choices";
import type { Configuration } from "./configuration";
import { endsOf, instanceName, referenceIn, repetitionOf } from "./known-to-terraform";
import { declarationKey, declaredPart, nameKey, oneOf, Part, partOf } from "./part";
import type { PolicyText } from "./policy-text";
import type { Resource } from "./resource";
import { instanceAt, isService, nameOf, referredAt, serviceIn } from "./service";

/** What a policy is of: a service, and what is on it. */
export type PolicyPlace = readonly Part[];

const UNKNOWN: Part = { exact: "", also: [], kind: "unknown", isSure: false, ends: [] };

/** Finds what policies are of. */
export class PolicyPlaces {
  private readonly services: Declared;
  // Most policies name what they are of by a reference, so these are not needed.
  private readonly apis: () => Declared;
  private readonly products: () => Declared;
  private readonly operations: () => Declared;

  constructor({ resources }: Configuration) {
    const created = resources.filter(isCreated);
    this.services = declaredBy(created.filter(isService), (each) => [declarationKey(nameOf(each))]);
    this.apis = once(() =>
      declaredBy(created.filter(isApi), (api) =>
        apiOf(api).names.flatMap((each) =>
          [each.name, ...each.also].map((name) => apiKey(this.service(api, each.service), name)),
        ),
      ),
    );
    this.products = once(() =>
      declaredBy(created.filter(PRODUCT.is), (each) => {
        const { service, name } = writtenIn(each, PRODUCT);
        return [keyIn([this.service(each, service)], name)];
      }),
    );
    this.operations = once(() =>
      declaredBy(created.filter(OPERATION.is), (each) =>
        apiOf(each).names.map((api) => keyIn(this.onService(each, api), writtenIn(each, OPERATION).name)),
      ),
    );
  }

  /** What a policy can be of: several if Terraform chooses, and none if nothing says it. */
  public of({ resource, scope }: PolicyText): PolicyPlace[] {
    if (scope === "global") return [[this.service(resource, serviceOf(resource))]];
    if (scope === "product") return [this.productOf(resource)];
    const apis = this.apisOf(resource);
    if (scope === "api") return apis;
    const { name } = writtenIn(resource, OPERATION);
    return apis.map((api) => [...api, partOf(name, named(this.operations(), resource, keyIn(api, name)))]);
  }

  /** The API that a resource is, or is of: several if Terraform chooses, and none if nothing says it. */
  public apisOf(resource: Resource): PolicyPlace[] {
    const { names, isAny } = apiOf(resource);
    const apis = names.map((name) => this.onService(resource, name));
    return isAny ? [...apis, [UNKNOWN, UNKNOWN]] : apis;
  }

  private service(resource: Resource, written: string): Part {
    const [name = "", ...below] = pathIn(written);
    const part = partOf(name, named(this.services, resource, declarationKey(name)));
    const path = below.map((each) => `/${nameKey(each)}`).join("");
    // What only Terraform knows can have a workspace in it.
    const ends = part.ends.length === 0 ? [] : [...part.ends, ...below.map(endsOf)];
    if (path.includes("${")) return { ...part, exact: part.exact + path, also: [], kind: "unknown", ends };
    return { ...part, exact: part.exact + path, also: part.also.map((each) => each + path), ends };
  }

  private onService(policy: Resource, name: ApiName): Part[] {
    const service = this.service(policy, name.service);
    if (name.name !== "") return [service, this.api(policy, service, name)];
    return [
      { ...service, ends: [] },
      { ...UNKNOWN, exact: service.exact, isSure: true },
    ];
  }

  private api(policy: Resource, service: Part, { name, also, resource }: ApiName): Part {
    const own = withoutFirst(name);
    if (resource && isCreated(resource)) return declaredPart(own, resource);
    const others = also.map(withoutFirst).filter((other) => other !== own);
    const declared = named(this.apis(), policy, apiKey(service, name));
    const exact = declared.filter((each) => isNamed(each, own));
    if (exact.length > 0 && (others.length === 0 || declared.length === 1)) return partOf(own, exact);
    // Another revision can be the current one, but not beside the one that it is made from.
    if (others.length === 0 || declared.length === 1) return oneOf(declared.filter(isMadeFromNone), partOf(own));
    const part = partOf(own);
    const either = [part.exact, ...others].join(" or ");
    return oneOf(declared, { ...part, exact: either, also: [part.exact, ...others.map(nameKey)] });
  }

  private productOf(resource: Resource): PolicyPlace {
    const written = writtenIn(resource, PRODUCT);
    const service = this.service(resource, written.service);
    return [service, partOf(written.name, named(this.products(), resource, keyIn([service], written.name)))];
  }
}

/** What is created, by its name, and by its stack and its name. */
type Declared = ReadonlyMap<string, readonly Resource[]>;

function declaredBy(created: readonly Resource[], keysOf: (each: Resource) => string[]): Declared {
  return grouped(created, (each) => keysOf(each).flatMap((key) => [key, `${each.stack.name} ${key}`]));
}

/** What has a name: that of the same stack, if it is created whenever the policy is. */
function named(declared: Declared, policy: Resource, key: string): readonly Resource[] {
  const own = declared.get(`${policy.stack.name} ${key}`) ?? [];
  const isCreatedWith = (each: Resource): boolean =>
    each.exists === true || repetitionOf(each) === repetitionOf(policy) || policy.referencedAnywhere.includes(each);
  return own.some(isCreatedWith) ? own : (declared.get(key) ?? []);
}

function apiKey(service: Part, name: string): string {
  return keyIn([service], withoutFirst(name));
}

function keyIn(place: PolicyPlace, name: string): string {
  return [...place.map(({ exact }) => exact), declarationKey(name)].join(" ");
}

function isCreated(resource: Resource): boolean {
  return resource.mode === "resource" && !isUpdate(resource);
}

/** The first of these says what a policy is of. */
const ATTRIBUTES = ["api_name", "product_id", "api_management_id", "resource_id", "parent_id"];

/** The attribute that says what a policy is of. */
export function namingAttribute({ resource, scope }: PolicyText): string {
  const [first = "parent_id"] = ATTRIBUTES.filter((each) => !resource.at(each).isAbsent);
  return scope === "operation" && first === "api_name" ? "operation_id" : first;
}

/** The first revision is mostly the current one. */
function withoutFirst(name: string): string {
  return name.replace(/;rev=1$/i, "");
}

function isMadeFromNone(api: Resource): boolean {
  return apiProperty(api, "source_api_id").isAbsent;
}

function isNamed(api: Resource, name: string): boolean {
  return apiOf(api).names.some((each) => declarationKey(withoutFirst(each.name)) === declarationKey(name));
}

/** The ID of a policy, or of what it is below. */
function idOf(resource: Resource): string {
  const [first = "parent_id"] = ["api_management_id", "resource_id"].filter((each) => !resource.at(each).isAbsent);
  return textIn(resource, first);
}

/** What is before a folder in an ID, and what it is followed by. */
function splitAt(id: string, folder: string): { readonly before: string; readonly name: string } {
  const path = pathIn(id);
  const found = path.map((part) => part.toLowerCase()).lastIndexOf(folder);
  return found === -1
    ? { before: path.join("/"), name: "" }
    : { before: path.slice(0, found).join("/"), name: path[found + 1] ?? "" };
}

function serviceOf(resource: Resource): string {
  return serviceIn(resource, splitAt(idOf(resource), "policies").before);
}

/** What has policies and is no API, and how azurerm and azapi name it. */
interface OwnerKind {
  readonly is: (resource: Resource) => boolean;
  readonly attribute: string;
  readonly folder: string;
}

const PRODUCT = owner("azurerm_api_management_product", "product_id", "products");
const OPERATION = owner("azurerm_api_management_api_operation", "operation_id", "operations");

function owner(type: string, attribute: string, folder: string): OwnerKind {
  return { is: (each) => each.type === type || azapiTypeOf(each)?.endsWith(`/${folder}`) === true, attribute, folder };
}

/** What a resource is, or is a policy of, as far as it is written. */
function writtenIn(resource: Resource, { is, attribute, folder }: OwnerKind): { service: string; name: string } {
  const id = idOf(resource);
  const above = referredAt(resource, id);
  const owner = [resource, above].find((each) => each && (is(each) || !each.at(attribute).isAbsent));
  if (owner) {
    const isAzapi = owner.at(attribute).isAbsent;
    const service = serviceIn(owner, textIn(owner, isAzapi ? "parent_id" : "api_management_name"));
    const index = owner === above ? referenceIn(id)?.index : "";
    if (is(owner)) return { service, name: nameOf(owner, index, isAzapi ? "name" : attribute) };
    return { service, name: instanceNamed(owner, attribute) };
  }
  const { before, name } = splitAt(id, folder);
  return { service: serviceIn(resource, before), name };
}

/** What an attribute names. It can be an instance of what it refers to. */
function instanceNamed(resource: Resource, attribute: string): string {
  const text = textIn(resource, attribute);
  const isInstance = instanceAt(text, resource.referenced(attribute), attribute) !== undefined;
  return isInstance ? instanceName(referenceIn(text)!) : text;
}
