import { inAllClouds, isAtOrBelow } from "../../azure/clouds/hosts";
import { azapiTypeOf } from "./azapi";
import { BackendCall, isOfGateway } from "./calls";
import type { Configuration } from "./configuration";
import type { Resource } from "./resource";
import { azapiSignIn, azurermSignIn, SignIn } from "./sign-in";

const SITES = new Set([
  "azurerm_linux_web_app",
  "azurerm_windows_web_app",
  "azurerm_linux_function_app",
  "azurerm_windows_function_app",
  "azurerm_function_app_flex_consumption",
  "azurerm_logic_app_standard",
]);
const CONTAINER_APP = "azurerm_container_app";
const SITE_DOMAINS = inAllClouds(({ appService }) => appService);
const CONTAINER_APP_DOMAINS = inAllClouds(({ containerApps }) => [containerApps]);
/** What the addresses of the container apps of an environment end with. */
const ENVIRONMENT_DOMAIN = /\$\{(?:data\.)?azurerm_container_app_environment\.[^}]*\.default_domain\}$/;
const SIGN_INS = new Set([
  "microsoft.web/sites/config",
  "microsoft.web/sites/slots/config",
  "microsoft.app/containerapps/authconfigs",
]);

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
export function appsIn(configuration: Configuration, calls: readonly BackendCall[]): App[] {
  const called = new Set(
    configuration.resources.filter(isOfGateway).flatMap(({ referencedAnywhere }) => referencedAnywhere),
  );
  const hosts = new Set(calls.map(({ url }) => hostOf(url.resolved)));
  for (const binding of configuration.ofType("azurerm_app_service_custom_hostname_binding"))
    if (hosts.has(binding.at("hostname").resolved.toLowerCase()))
      binding.referenced("app_service_name").forEach((app) => called.add(app));
  const isCalled = (app: Resource): boolean => called.has(app) || isNamedIn(app, hosts);
  const slots = configuration.resources.filter(({ mode, type }) => mode === "resource" && isSlotType(type));
  const apps = configuration.resources
    .filter((resource) => kindOf(resource) === "app" || kindOf(resource) === "container app")
    .map((app) => appOf(configuration, app, slots.filter(isSlotOf(app))))
    .filter(({ resource, slots: ofApp }) => [resource, ...ofApp.map((slot) => slot.resource)].some(isCalled));
  const alone = slots.filter((slot) => isCalled(slot) && !apps.some(({ resource }) => isSlotOf(resource)(slot)));
  return [
    ...apps,
    ...alone.map((slot) => appOf(configuration, slot, [])),
    ...(calls.length > 0 ? appsElsewhere(configuration) : []),
  ];
}

/** The calls that could be of an app which is not known: of a data source, of a module or of a variable. */
export function unknownTargets(configuration: Configuration, calls: readonly BackendCall[]): BackendCall[] {
  const signIns = configuration.azapiResources.filter(isSignIn);
  const ofData = calls.filter(({ resource, url }) => {
    const apps = resource.stack.referencedBy(url).filter(({ mode, type }) => mode === "data" && isAppType(type));
    return apps.some((app) => !signIns.some((signIn) => signIn.referenced("parent_id").includes(app)));
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
  return hosts.size > appsElsewhere(configuration).length ? [...ofData, ...ofOthers] : ofData;
}

function isAppType(type: string): boolean {
  return SITES.has(type) || type === CONTAINER_APP;
}

/** A host that is nothing but an expression, or one of App Service with an expression in it. */
const UNKNOWN_HOST = /^\$\{[^}]*\}(?:$|[/?#]|\.(?:azurewebsites|scm)\.)/;

function appOf(configuration: Configuration, resource: Resource, slots: readonly Resource[]): App {
  return {
    resource,
    kind: kindOf(resource) ?? "slot",
    signIn: signInOf(configuration, resource),
    slots: slots.map((slot) => appOf(configuration, slot, [])),
  };
}

/** What it is, if an app; none for a slot and for anything else. */
export function kindOf(resource: Resource): "app" | "container app" | undefined {
  const { mode, type } = resource;
  if (mode === "data") return undefined;
  const azapiType = type === "azapi_resource" ? azapiTypeOf(resource) : undefined;
  if (type === CONTAINER_APP || azapiType === "microsoft.app/containerapps") return "container app";
  return SITES.has(type) || azapiType === "microsoft.web/sites" ? "app" : undefined;
}

/** Whether it is a slot of a site. */
export function isSlotType(type: string): boolean {
  return type.endsWith("_slot") && SITES.has(type.slice(0, -"_slot".length));
}

/** Sign-ins of apps that another configuration declares. */
function appsElsewhere(configuration: Configuration): App[] {
  const beside = configuration.azapiResources
    .filter(isSignIn)
    .filter((signIn) => signIn.referenced(idOf(signIn)).every(({ mode }) => mode === "data"));
  return beside.map((resource) => ({ resource, kind: "app", signIn: azapiSignIn(resource), slots: [] }));
}

/** The sign-in of an app, in the app or beside it. */
export function signInOf(configuration: Configuration, app: Resource): SignIn | undefined {
  const beside = configuration.azapiResources.filter(isSignIn).find((signIn) => isParent(signIn, app));
  return beside ? azapiSignIn(beside) : azurermSignIn(app);
}

/** Whether a sign-in is of an app or of a slot, and not of a slot below it. */
function isParent(signIn: Resource, app: Resource): boolean {
  const isOfSlot = azapiTypeOf(signIn) === "microsoft.web/sites/slots/config";
  const id = idOf(signIn);
  const [, slot] = /\/slots\/([^/]+)(?:\/config\/[^/]+)?$/i.exec(signIn.at(id).resolved) ?? [];
  if (slot === undefined) return isOfSlot === isSlotType(app.type) && signIn.referenced(id).includes(app);
  const ids = [...signIn.referenced(id)];
  return app.at("name").resolved === slot && ids.some((each) => isSlotOf(each)(app));
}

function isSignIn(resource: Resource): boolean {
  const type = azapiTypeOf(resource) ?? "";
  return SIGN_INS.has(type) && (!type.startsWith("microsoft.web") || isNamed(resource, "authsettingsv2"));
}

function isNamed(resource: Resource, name: string): boolean {
  const written = resource.at("name").text ?? resource.at("resource_id").resolved.split("/").pop();
  return written?.toLowerCase() === name;
}

/** The attribute with the ID of the parent, or of what azapi updates, which begins with it. */
function idOf(signIn: Resource): string {
  return signIn.at("parent_id").isAbsent ? "resource_id" : "parent_id";
}

/** Which slots an app has. */
export function isSlotOf(app: Resource): (slot: Resource) => boolean {
  const ids = ["app_service_id", "function_app_id"];
  const name = nameIn(app);
  return (slot) =>
    isSlotType(slot.type) &&
    ids.some(
      (id) => slot.referenced(id).includes(app) || slot.at(id).resolved.toLowerCase().endsWith(`/sites/${name}`),
    );
}

/** Whether an address has the host name that Azure gives to the app. */
function isNamedIn(app: Resource, hosts: ReadonlySet<string>): boolean {
  if (kindOf(app) === "container app") return [...hosts].some(isHostOfContainerApp(app));
  return hostsOfSite(app).some((host) => hosts.has(host));
}

/** The first of some apps and slots to which Azure gives a host. */
export function appsByHost(apps: readonly Resource[]): (host: string) => Resource | undefined {
  const sites = new Map<string, Resource>();
  const containerApps: [app: Resource, isHost: (host: string) => boolean][] = [];
  for (const app of apps) {
    if (kindOf(app) === "container app") containerApps.push([app, isHostOfContainerApp(app)]);
    else for (const host of hostsOfSite(app)) if (!sites.has(host)) sites.set(host, app);
  }
  return (host) => sites.get(host) ?? containerApps.find(([, isHost]) => isHost(host))?.[0];
}

/** The host names that Azure gives to a site or a slot, in the domains of all clouds. */
function hostsOfSite(site: Resource): string[] {
  const name = nameIn(site);
  return name === "" ? [] : SITE_DOMAINS.map((domain) => `${name}.${domain}`);
}

function isHostOfContainerApp(app: Resource): (host: string) => boolean {
  const name = nameIn(app);
  return (host) => name !== "" && host.startsWith(`${name}.`) && isContainerAppHost(host);
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

/** The host of an address, in lower case; empty for anything else. */
export function hostOf(url: string): string {
  const [, host = ""] = /^(?:http|ws)s?:[/]{2}(?:[^/@]*@)?((?:\$\{[^}]*\}|[^/:?#])+)/i.exec(url) ?? [];
  return host.toLowerCase().replace(/[.]$/, "");
}
