import { grouped } from "../../core/grouped";
import { ApiName, apiOf, apiProperty, isApi } from "./api";
import { azapiTypeOf, isUpdate } from "./azapi";
import { pathIn, textIn } from "./choices";
import type { Configuration } from "./configuration";
import { endsOf } from "./known-to-terraform";
import { declarationKey, declaredPart, nameKey, oneOf, Part, partOf } from "./part";
import type { PolicyText } from "./policy-text";
import type { Resource } from "./resource";
import { isService, nameOf, referredAt, serviceIn } from "./service";

/** What a policy is of: a service, and what is on it. */
export type PolicyPlace = readonly Part[];

const UNKNOWN: Part = { exact: "", also: [], kind: "unknown", isSure: false, ends: [] };

/** Finds what policies are of. */
export class PolicyPlaces {
  private readonly services: Declared;
  private readonly apis: Declared;

  constructor({ resources }: Configuration) {
    const created = resources.filter(isCreated);
    this.services = declaredBy(created.filter(isService), (each) => [declarationKey(nameOf(each))]);
    this.apis = declaredBy(created.filter(isApi), (api) =>
      apiOf(api).names.flatMap((each) =>
        [each.name, ...each.also].map((name) => apiKey(this.service(api, each.service), name)),
      ),
    );
  }

  /** What a policy can be of: several if Terraform chooses, and none if nothing says it. */
  public of({ resource, scope, api }: PolicyText): PolicyPlace[] {
    if (scope === "global") return [[this.service(resource, serviceOf(resource))]];
    if (scope === "product") return [this.productOf(resource)];
    const apis = api.names.map((name) => this.onService(resource, name));
    const all = api.isAny ? [...apis, [UNKNOWN, UNKNOWN]] : apis;
    return scope === "api" ? all : all.map((each) => [...each, partOf(operationIn(resource))]);
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
    const declared = named(this.apis, policy, apiKey(service, name));
    const exact = declared.filter((each) => isNamed(each, own));
    if (exact.length > 0 && (others.length === 0 || declared.length === 1)) return partOf(own, exact);
    // Another revision can be the current one, but not beside the one that it is made from.
    if (others.length === 0 || declared.length === 1) return oneOf(declared.filter(isMadeFromNone), partOf(own));
    const part = partOf(own);
    const either = [part.exact, ...others].join(" or ");
    return oneOf(declared, { ...part, exact: either, also: [part.exact, ...others.map(nameKey)] });
  }

  private productOf(resource: Resource): PolicyPlace {
    const { service, name } = productIn(resource);
    return [this.service(resource, service), partOf(name)];
  }
}

/** What is created, by its name, and by its stack and its name. */
type Declared = ReadonlyMap<string, readonly Resource[]>;

function declaredBy(created: readonly Resource[], keysOf: (each: Resource) => string[]): Declared {
  return grouped(created, (each) => keysOf(each).flatMap((key) => [key, `${each.stack.name} ${key}`]));
}

/** What has a name: that of the same stack, if there is one. */
function named(declared: Declared, { stack }: Resource, key: string): readonly Resource[] {
  return declared.get(`${stack.name} ${key}`) ?? declared.get(key) ?? [];
}

function apiKey(service: Part, name: string): string {
  return `${service.exact} ${declarationKey(withoutFirst(name))}`;
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

/** The product of a policy, as far as it is written. */
function productIn(policy: Resource): { readonly service: string; readonly name: string } {
  const id = idOf(policy);
  const above = referredAt(policy, id);
  const product = [policy, above].find((each) => each && !each.at("product_id").isAbsent);
  if (product)
    return {
      service: serviceIn(product, textIn(product, "api_management_name")),
      name: textIn(product, "product_id"),
    };
  if (above && azapiTypeOf(above)?.endsWith("/service/products") === true)
    return { service: serviceIn(above, textIn(above, "parent_id")), name: textIn(above, "name") };
  const { before, name } = splitAt(id, "products");
  return { service: serviceIn(policy, before), name };
}

/** The name of the operation of a policy, as far as it is written. */
function operationIn(policy: Resource): string {
  const id = idOf(policy);
  const above = referredAt(policy, id);
  const operation = [policy, above].find((each) => each && !each.at("operation_id").isAbsent);
  if (operation) return textIn(operation, "operation_id");
  if (above && azapiTypeOf(above)?.endsWith("/apis/operations") === true) return textIn(above, "name");
  return splitAt(id, "operations").name;
}
