import { beginningsOf } from "../../core/beginnings";
import { grouped } from "../../core/grouped";
import { CloudService, SERVICES } from "../../azure/clouds/services";
import { CLOUD_NAMES, isAtOrBelow } from "../../azure/clouds/hosts";
import { App, appsByHost } from "../../rules/model/app";
import { isSlotType, kindOf } from "../../rules/model/app-type";
import { byNameInHost, hostOf } from "../../rules/model/host";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import type { SignIn } from "../../rules/model/sign-in";
import type { Value } from "../../rules/model/value";
import { KEY_SWITCHES } from "../../rules/rules/local-keys-enabled";
import { shown } from "../shown";
import type { Party } from "../trust-report";
import { Api, keyOf } from "./apis";
import { Gateways, isGateway } from "./gateways";
import { ELSEWHERE, partyOf } from "./of-resource";
import type { Parties } from "./parties";

/** What a gateway calls. */
export interface Target {
  readonly party: Party;
  readonly resource?: Resource;
}

const SERVICE_LIST: readonly CloudService[] = Object.values(SERVICES);

/** The names of services by the types of their resources. */
const SERVICE_NAMES: ReadonlyMap<string, string> = new Map(
  SERVICE_LIST.flatMap(({ name, resource }) =>
    (resource ?? "").split("|").map((type): [string, string] => [`azurerm_${type}`, name]),
  ),
);

/** Finds what an address is the address of. */
export class Targets {
  private readonly appAt: (host: string) => Resource | undefined;
  private readonly serviceAt: (host: string) => Resource | undefined;
  private readonly bindingAt: ReadonlyMap<string, readonly Resource[]>;
  private readonly appBySlot: ReadonlyMap<Resource, Resource>;
  private readonly apisByPath: ReadonlyMap<string, readonly Api[]>;

  constructor(
    model: Model,
    private readonly gateways: Gateways,
    apis: readonly Api[],
    private readonly parties: Parties,
  ) {
    this.appAt = appsByHost(model.resources.filter(isAppOrSlot));
    this.serviceAt = byNameInHost(
      model.resources.filter(({ type }) => isService(type)),
      (service) => ["custom_subdomain_name", "name"].map((attribute) => service.at(attribute).resolved.toLowerCase()),
    );
    const bindings = model.ofType("azurerm_app_service_custom_hostname_binding");
    this.bindingAt = grouped(bindings, (binding) => [binding.at("hostname").resolved.toLowerCase()]);
    this.appBySlot = new Map(
      model.apps.flatMap(({ resource, slots }) => slots.map((slot) => [slot.resource, resource])),
    );
    this.apisByPath = grouped(apis, ({ gateway, path }) => (path === undefined ? [] : [keyOf(gateway, path)]));
    model.apps.filter(({ resource }) => isAppOrSlot(resource)).forEach((app) => this.addApp(app));
  }

  /** The party at an address. */
  public at(url: Value, owner: Resource): Target {
    const referenced = owner.stack.referencedBy(url);
    const host = hostOf(url.resolved);
    const app = referenced.find(isAppOrSlot) ?? this.appAt(host) ?? this.bound(host);
    if (app) return this.ofApp(app);
    const gateway = referenced.find(isGateway);
    if (gateway) return this.onGateway(this.gateways.ofResource(gateway), url);
    const service =
      referenced.find(({ type }) => isService(type)) ??
      this.declaredAt(host) ??
      referenced.find(({ type }) => !NO_TARGETS.test(type));
    if (service) return this.ofService(service);
    const named = this.gateways.atHost(host);
    if (named) return this.onGateway(named, url);
    return this.outside(url, host);
  }

  public ofApp(resource: Resource): Target {
    const isSlot = isSlotType(resource.type);
    const owner = isSlot ? this.appOfSlot(resource) : undefined;
    const partOf = owner && this.ofApp(owner).party.id;
    return {
      party: this.parties.add(partyOf(resource, isSlot ? "slot" : "app", [typeName(resource)], partOf)),
      resource,
    };
  }

  /** The app of a sign-in that is declared for an app which is elsewhere. */
  public ofSignIn({ resource }: SignIn): Target {
    const id = resource.at("parent_id");
    const [, named] = /\/(?:sites|containerApps)\/([^/]+)$/i.exec(id.resolved) ?? [];
    const name = named ?? shown(id);
    return { party: this.parties.add({ ...partyOf(resource, "app", [ELSEWHERE]), name }), resource };
  }

  private addApp({ resource, slots }: App): void {
    this.ofApp(resource);
    slots.forEach((slot) => this.ofApp(slot.resource));
  }

  private appOfSlot(slot: Resource): Resource | undefined {
    const references = ["app_service_id", "function_app_id"].flatMap((attribute) => slot.referenced(attribute));
    return this.appBySlot.get(slot) ?? references.find((each) => isAppOrSlot(each) && !isSlotType(each.type));
  }

  private bound(host: string): Resource | undefined {
    const [binding] = host === "" ? [] : (this.bindingAt.get(host) ?? []);
    return binding?.referenced("app_service_name").find(isAppOrSlot);
  }

  /** The declared service at a host, if it is a host of a service. */
  private declaredAt(host: string): Resource | undefined {
    return serviceAt(host) === undefined ? undefined : this.serviceAt(host);
  }

  private onGateway(gateway: Target, url: Value): Target {
    const [, path = ""] = /^(?:\$\{[^}]*\}|https?:\/\/[^/?#]*)\/?([^?#]*)/i.exec(url.resolved) ?? [];
    const [api] = withAbove(path).flatMap((beginning) => this.apisByPath.get(keyOf(gateway, beginning)) ?? []);
    return api ?? gateway;
  }

  private ofService(resource: Resource): Target {
    return { party: this.parties.add(partyOf(resource, "service", [serviceName(resource.type)])), resource };
  }

  private outside(url: Value, host: string): Target {
    const isComputed = /^\s*(?:@|\{\{)/.test(url.resolved);
    const service = serviceAt(host);
    const address = isComputed ? "an address that the gateway computes" : withoutPath(shown(url));
    const party: Party = {
      id: `outside ${address}`,
      kind: "outside",
      name: address.replace(/^https?:\/\//, ""),
      place: isComputed ? "" : address,
      detail: service === undefined ? [] : [service],
    };
    return { party: this.parties.add(party) };
  }
}

/** What an address can refer to without being its address. */
const NO_TARGETS =
  /^azurerm_(?:api_management|resource_group|subscription|client_config|container_app_environment)|^azuread_|^random_|^terraform_/;

/** Whether it is a service of Azure that signs callers in with Entra ID. */
export function isService(type: string): boolean {
  return SERVICE_NAMES.has(type) || KEY_SWITCHES.has(type);
}

export function isAppOrSlot(resource: Resource): boolean {
  if (resource.mode === "resource") return kindOf(resource) !== undefined || isSlotType(resource.type);
  return /^azurerm_(?:(?:linux|windows)_(?:web|function)_app|container_app)$/.test(resource.type);
}

/** A path and the paths above it: the longest first, and the empty one last. */
function withAbove(path: string): string[] {
  return [...new Set([path, ...beginningsOf(path, "/").reverse(), ""])];
}

/** The service of Azure that has a host. */
function serviceAt(host: string): string | undefined {
  const found = SERVICE_LIST.find((service) =>
    CLOUD_NAMES.some((cloud) => service[cloud]?.domains.some((domain) => isAtOrBelow(host, domain)) === true),
  );
  return host === "" ? undefined : found?.name;
}

function serviceName(type: string): string {
  return SERVICE_NAMES.get(type) ?? type.replace(/^azurerm_/, "").replace(/_/g, " ");
}

const APP_NAMES: readonly (readonly [RegExp, string])[] = [
  [/function_app/, "function app"],
  [/logic_app/, "logic app"],
  [/container_app/, "container app"],
  [/web_app/, "web app"],
];

function typeName(resource: Resource): string {
  const named = APP_NAMES.find(([pattern]) => pattern.test(resource.type))?.[1];
  const name = named ?? (kindOf(resource) === "container app" ? "container app" : "App Service app");
  return isSlotType(resource.type) ? `slot of a ${name}` : name;
}

/** The scheme and the host of an address. */
export function withoutPath(address: string): string {
  return /^https?:\/\/(?:\$\{[^}]*\}|[^/?#])+/i.exec(address)?.[0] ?? address.split(/[?#]/)[0];
}
