import { grouped } from "../../core/grouped";
import { ApiName, apiProperty, isApi, nameOf, OwnerApi } from "./api";
import type { PolicyText } from "./policy-text";
import type { Owner, Resource } from "./resource";

/** In place of a service: whatever it is, and one that only Terraform knows. */
const ANY = "*";
const UNKNOWN = "?";

/** The APIs of a configuration, and the policies of each. An API is known by its service, its name and its revision. */
export class Apis {
  private readonly byName: ReadonlyMap<string, readonly Resource[]>;
  private readonly declared: ReadonlyMap<string, readonly Resource[]>;
  private readonly policies: ReadonlyMap<string, readonly PolicyText[]>;

  /** @param policies those of APIs */
  constructor(resources: readonly Resource[], policies: readonly PolicyText[]) {
    const apis = resources.filter(isApi);
    const created = apis.filter(({ mode }) => mode === "resource");
    this.byName = grouped(created, (api) => [keyOf(api.stack, nameOf(api))]);
    this.declared = grouped(apis, (api) => this.namesOf(api).flatMap((name) => keysOf(api.stack, name)));
    this.policies = grouped(policies, ({ resource, api }) =>
      this.namesFor(api).flatMap((name) => keysOf(resource.stack, name)),
    );
  }

  /** The APIs that a policy can belong to: several if Terraform chooses one, or if only it knows the service. */
  public ofPolicy({ resource: { stack }, api }: PolicyText): readonly Resource[] {
    return api.resources.length > 0 ? api.resources : foundIn(this.declared, stack, this.namesFor(api));
  }

  /** The policies of the API to which a policy belongs. */
  public policiesBeside({ resource: { stack }, api }: PolicyText): readonly PolicyText[] {
    return foundIn(this.policies, stack, this.namesFor(api));
  }

  private namesFor(owner: OwnerApi): readonly ApiName[] {
    if (owner.resources.length > 0) return owner.resources.flatMap((api) => this.namesOf(api));
    const { service = "", name } = owner;
    return name === undefined ? [] : [{ service, name }];
  }

  /** A name without a revision is that of the first API that has it. */
  private namesOf(api: Resource): ApiName[] {
    const { service, name } = nameOf(api);
    const revision = apiProperty(api, "revision").text;
    const ofRevision = revision === undefined ? [] : [{ service, name: `${name};rev=${revision}` }];
    const [first] = this.byName.get(keyOf(api.stack, { service, name })) ?? [];
    if (first === api || api.mode === "data") return [{ service, name }, ...ofRevision];
    return ofRevision.length > 0 ? ofRevision : [{ service, name: api.address }];
  }
}

function keyOf(stack: Owner, { service, name }: ApiName): string {
  return JSON.stringify([stack.name, service.toLowerCase(), name.toLowerCase()]);
}

function isUnknown({ service }: ApiName): boolean {
  return service === "" || service.includes("${");
}

/** By these, an API or what belongs to it is found. */
function keysOf(stack: Owner, api: ApiName): string[] {
  const { name } = api;
  const more = name === "" ? [] : [ANY, ...(isUnknown(api) ? [UNKNOWN] : [])];
  return [keyOf(stack, api), ...more.map((service) => keyOf(stack, { service, name }))];
}

/** What is of an API, or can be: also if only Terraform knows the service of one of them. */
function foundIn<T>(all: ReadonlyMap<string, readonly T[]>, stack: Owner, names: readonly ApiName[]): readonly T[] {
  const keys = names.flatMap((api) => {
    const { name } = api;
    if (name === "") return [keyOf(stack, api)];
    return isUnknown(api)
      ? [keyOf(stack, { service: ANY, name })]
      : [keyOf(stack, api), keyOf(stack, { service: UNKNOWN, name })];
  });
  return [...new Set(keys.flatMap((key) => all.get(key) ?? []))];
}
