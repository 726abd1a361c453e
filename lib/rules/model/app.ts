import { inAllClouds, isAtOrBelow } from "../../azure/clouds/hosts";
import { AppParts, parentAttributeOf } from "./app-parts";
import { isAppType, isSlotType, kindOf } from "./app-type";
import { BackendCall, isOfGateway } from "./calls";
import type { Configuration } from "./configuration";
import { byNameInHost, hostOf, namesIn } from "./host";
import type { Resource } from "./resource";
import { azapiSignIn, SignIn } from "./sign-in";

const SITE_DOMAINS = inAllClouds(({ appService }) => appService);
const CONTAINER_APP_DOMAINS = inAllClouds(({ containerApps }) => [containerApps]);
/** What the addresses of the container apps of an environment end with. */
const ENVIRONMENT_DOMAIN = /\$\{(?:data\.)?azurerm_container_app_environment\.[^}]*\.default_domain\}$/;

/** An app that a gateway calls. */
export interface App {
  readonly resource: Resource;
  /** How messages name it. */
  readonly kind: "app" | "slot" | "container app";
  /** The sign-in of the app. None if nobody declares one. */
  readonly signIn?: SignIn;
  readonly slots: readonly App[];
}

/** The apps that the gateways call. */
export function appsIn(configuration: Configuration, parts: AppParts, calls: readonly BackendCall[]): App[] {
  const isCalled = isCalledBy(configuration, calls);
  const all = configuration.resources.filter((resource) => kindOf(resource) !== undefined);
  const apps = all
    .map((app) => ({ app, slots: parts.slotsOf(app) }))
    .filter(({ app, slots }) => [app, ...slots].some(isCalled));
  const ofApps = new Set(apps.flatMap(({ slots }) => slots));
  const alone = parts.slots.filter((slot) => isCalled(slot) && !ofApps.has(slot));
  return [
    ...apps.map(({ app, slots }) => appOf(parts, app, slots)),
    ...alone.map((slot) => appOf(parts, slot, [])),
    ...(calls.length > 0 ? appsElsewhere(parts) : []),
  ];
}

/** Tells the apps and the slots that a gateway calls: by a reference, by a host that Azure gives them, or by a domain of their own. */
function isCalledBy(configuration: Configuration, calls: readonly BackendCall[]): (app: Resource) => boolean {
  const called = new Set(
    configuration.resources.filter(isOfGateway).flatMap(({ referencedAnywhere }) => referencedAnywhere),
  );
  const hosts = new Set(calls.map(({ url }) => hostOf(url.resolved)));
  for (const binding of configuration.ofType("azurerm_app_service_custom_hostname_binding"))
    if (hosts.has(binding.at("hostname").resolved.toLowerCase()))
      binding.referenced("app_service_name").forEach((app) => called.add(app));
  const containerApps = new Set([...hosts].filter(isContainerAppHost).flatMap(namesIn));
  return (app) => {
    if (called.has(app)) return true;
    return kindOf(app) === "container app"
      ? containerApps.has(nameIn(app))
      : hostsOfSite(app).some((host) => hosts.has(host));
  };
}

/** The calls that could be of an app which is not known: of a data source, of a module or of a variable. */
export function unknownTargets(
  configuration: Configuration,
  parts: AppParts,
  calls: readonly BackendCall[],
): BackendCall[] {
  const signedIn = new Set(parts.signIns.flatMap((signIn) => signIn.referenced("parent_id")));
  const ofData = calls.filter(({ resource, url }) => {
    const apps = resource.stack.referencedBy(url).filter(({ mode, type }) => mode === "data" && isAppType(type));
    return apps.some((app) => !signedIn.has(app));
  });
  const appAt = appsByHost(configuration.resources.filter((resource) => kindOf(resource) !== undefined));
  const ofOthers = calls.filter(({ resource, url }) => {
    const host = hostOf(url.resolved);
    const referenced = resource.stack.referencedBy(url);
    if (appAt(host)) return false;
    // What is referred to says nothing of another app, such as a group whose location is in the host.
    if (isAppHost(host)) return !referenced.some(({ type }) => isAppType(type) || isSlotType(type));
    return referenced.length === 0 && UNKNOWN_HOST.test(host === "" ? url.resolved : host);
  });
  // Each sign-in whose app is elsewhere can be of one of them.
  const hosts = new Set(ofOthers.map(({ url }) => hostOf(url.resolved)));
  return hosts.size > appsElsewhere(parts).length ? [...ofData, ...ofOthers] : ofData;
}

/** A host that is nothing but an expression, or one of App Service with an expression in it. */
const UNKNOWN_HOST = /^\$\{[^}]*\}(?:$|[/?#]|\.(?:azurewebsites|scm)\.)/;

function appOf(parts: AppParts, resource: Resource, slots: readonly Resource[]): App {
  return {
    resource,
    kind: kindOf(resource) ?? "slot",
    signIn: parts.signInOf(resource),
    slots: slots.map((slot) => appOf(parts, slot, [])),
  };
}

/** Sign-ins of apps that another configuration declares. */
function appsElsewhere({ signIns }: AppParts): App[] {
  const beside = signIns.filter((signIn) =>
    signIn.referenced(parentAttributeOf(signIn)).every(({ mode }) => mode === "data"),
  );
  return beside.map((resource) => ({ resource, kind: "app", signIn: azapiSignIn(resource), slots: [] }));
}

/** Finds the first of some apps and slots to which Azure gives a host. */
export function appsByHost(apps: readonly Resource[]): (host: string) => Resource | undefined {
  const isContainerApp = (app: Resource): boolean => kindOf(app) === "container app";
  const sites = new Map<string, Resource>();
  for (const site of apps.filter((app) => !isContainerApp(app)))
    for (const host of hostsOfSite(site)) if (!sites.has(host)) sites.set(host, site);
  const containerAppAt = byNameInHost(apps.filter(isContainerApp), (app) => [nameIn(app)]);
  return (host) => sites.get(host) ?? (isContainerAppHost(host) ? containerAppAt(host) : undefined);
}

/** The host names that Azure gives to a site or a slot, in the domains of all clouds. */
function hostsOfSite(site: Resource): string[] {
  const name = nameIn(site);
  return name === "" ? [] : SITE_DOMAINS.map((domain) => `${name}.${domain}`);
}

function nameIn(app: Resource): string {
  return app.at("name").resolved.toLowerCase();
}

/** Whether Azure gives such a host to apps. */
function isAppHost(host: string): boolean {
  return isContainerAppHost(host) || SITE_DOMAINS.some((domain) => isAtOrBelow(host, domain));
}

function isContainerAppHost(host: string): boolean {
  return ENVIRONMENT_DOMAIN.test(host) || CONTAINER_APP_DOMAINS.some((domain) => isAtOrBelow(host, domain));
}
