import { grouped } from "../../core/grouped";
import { remembered } from "../../core/remembered";
import type { Model } from "../../rules/model/model";
import type { Owner, Resource } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import { nameOf, once } from "../names";
import { shown } from "../shown";

const REGISTRATIONS = ["azuread_application", "azuread_application_registration"];

/** The registration that an audience is of: what it refers to, or what has this URI. */
export function registrationAt(owner: Owner, audience: Value): Resource | undefined {
  const referenced = owner.referencedBy(audience);
  const direct = referenced.find(isRegistration);
  return (
    direct ??
    referenced.flatMap((each) => each.referenced("application_id")).find(isRegistration) ??
    byUri(owner, audience)
  );
}

function byUri(owner: Owner, { resolved }: Value): Resource | undefined {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(resolved)) return undefined;
  return remembered(REGISTERED_URIS, owner, () => registeredUris(owner)).get(resolved)?.[0].registration;
}

/** A URI of a registration, in it or beside it. */
interface RegisteredUri {
  readonly registration: Resource;
  readonly uri: Value;
}

/** The URIs of each stack, which does not change. Every audience asks for them. */
const REGISTERED_URIS = new WeakMap<Owner, ReadonlyMap<string, readonly RegisteredUri[]>>();

function registeredUris({ resources }: Owner): ReadonlyMap<string, readonly RegisteredUri[]> {
  const within = resources
    .filter(isRegistration)
    .flatMap((registration) => registration.at("identifier_uris").elements.map((uri) => ({ registration, uri })));
  const beside = resources
    .filter(({ type }) => type === "azuread_application_identifier_uri")
    .flatMap((each) =>
      each
        .referenced("application_id")
        .filter(isRegistration)
        .map((registration) => ({ registration, uri: each.at("identifier_uri") })),
    );
  return grouped([...within, ...beside], ({ uri }) => [uri.resolved]);
}

/** How texts name an audience. */
export function audienceName(owner: Owner, audience: Value): string {
  const registration = registrationAt(owner, audience);
  return registration ? `the registration ${nameOf(registration)}` : shown(audience);
}

function isRegistration({ type }: Resource): boolean {
  return REGISTRATIONS.includes(type);
}

/** What Entra ID and Azure give to identities. */
export class Roles {
  /** By the resources that they are on, and those that these refer to. */
  private readonly azure: ReadonlyMap<Resource, readonly Resource[]>;
  /** By the service principals whose roles they assign. */
  private readonly app: ReadonlyMap<Resource, readonly Resource[]>;
  /** By their registrations. */
  private readonly servicePrincipals: ReadonlyMap<Resource, readonly Resource[]>;

  constructor(model: Model) {
    const principals = model.resources.filter(({ type }) => type === "azuread_service_principal");
    this.azure = grouped(
      model.ofType("azurerm_role_assignment", "azurerm_cosmosdb_sql_role_assignment"),
      (assignment) => scopeOf(assignment).flatMap((part) => [part, ...part.referencedAnywhere]),
    );
    this.app = grouped(model.ofType("azuread_app_role_assignment"), (each) => each.referenced("resource_object_id"));
    this.servicePrincipals = grouped(principals, (each) => each.referenced("client_id"));
  }

  /** The Azure roles that a principal has on a resource, or on a part of it. */
  public azureRoles(holder: Resource, target: Resource): string[] {
    return (this.azure.get(target) ?? [])
      .filter((each) => each.referenced("principal_id").includes(holder))
      .map((each) => {
        const [on] = scopeOf(each);
        return `${roleName(each)}${on === target ? "" : ` on ${nameOf(on)}`}`;
      });
  }

  /** The app roles of a registration that a principal has. */
  public appRoles(holder: Resource, registration: Resource): string[] {
    return this.assignmentsOf(registration)
      .filter((each) => each.referenced("principal_object_id").includes(holder))
      .map((each) => appRoleName(registration, each.at("app_role_id")));
  }

  /** The assignments of the app roles of a registration. */
  public assignmentsOf(registration: Resource): Resource[] {
    return [...new Set(this.servicePrincipalsOf(registration).flatMap((principal) => this.app.get(principal) ?? []))];
  }

  /** Whether Entra ID gives tokens of a registration only to those who are assigned; `undefined` if it is not known. */
  public requiresAssignment(registration: Resource): boolean | undefined {
    const [principal] = this.servicePrincipalsOf(registration);
    return principal?.mode === "resource" ? principal.at("app_role_assignment_required").is([true], false) : undefined;
  }

  private servicePrincipalsOf(registration: Resource): readonly Resource[] {
    return this.servicePrincipals.get(registration) ?? [];
  }
}

function scopeOf(assignment: Resource): readonly Resource[] {
  return assignment.referenced(assignment.type === "azurerm_role_assignment" ? "scope" : "account_name");
}

function roleName(assignment: Resource): string {
  const name = assignment.at("role_definition_name");
  if (!name.isAbsent) return shown(name);
  const [definition] = assignment.referenced("role_definition_id");
  const known = definition?.at("name").text ?? definition?.at("role_definition_name").text;
  return known ?? `the role ${shown(assignment.at("role_definition_id"))}`;
}

function appRoleName(registration: Resource, id: Value): string {
  const roles = registration.all("app_role").flatMap(({ elements }) => elements);
  const found = roles.find((role) => role.at("id").text !== undefined && role.at("id").text === id.text);
  if (id.text === "00000000-0000-0000-0000-000000000000") return "default access";
  return found?.at("value").text ?? found?.at("display_name").text ?? `the app role ${shown(id)}`;
}

/** The app roles that a registration has. */
export function appRolesOf(registration: Resource): string[] {
  const roles = registration.all("app_role").flatMap(({ elements }) => elements);
  return once(roles.flatMap((role) => role.at("value").text ?? []));
}
