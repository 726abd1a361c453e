import { CLOUD_NAMES, CLOUDS } from "../../azure/clouds/hosts";
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
    configuration.resources.filter(isOfGateway).flatMap(({ stack, everything }) => stack.referencedBy(everything)),
  );
  const hosts = calls.map(({ url }) => hostOf(url.text ?? ""));
  const declared = configuration.ofType(...SITES, CONTAINER_APP);
  const apps = declared
    .filter((app) => called.has(app) || isNamedIn(app, hosts))
    .map((app) => appOf(configuration, app));
  return [...apps, ...(calls.length > 0 ? appsElsewhere(configuration) : [])];
}

function appOf(configuration: Configuration, resource: Resource): App {
  const isContainer = resource.type === CONTAINER_APP;
  const slots = isContainer ? [] : configuration.ofType(`${resource.type}_slot`).filter(isSlotOf(resource));
  return {
    resource,
    kind: isContainer ? "container app" : "app",
    signIn: signInOf(configuration, resource),
    slots: slots.map((slot) => ({ resource: slot, kind: "slot", signIn: signInOf(configuration, slot), slots: [] })),
  };
}

/** Sign-ins of apps that another configuration declares. */
function appsElsewhere(configuration: Configuration): App[] {
  const beside = configuration.resources
    .filter(isSignIn)
    .filter((signIn) => signIn.referenced("parent_id").length === 0);
  return beside.map((resource) => ({ resource, kind: "app", signIn: azapiSignIn(resource), slots: [] }));
}

function signInOf(configuration: Configuration, app: Resource): SignIn | undefined {
  const beside = configuration.resources
    .filter(isSignIn)
    .find((signIn) => signIn.referenced("parent_id").includes(app));
  return beside ? azapiSignIn(beside) : azurermSignIn(app);
}

function isSignIn(resource: Resource): boolean {
  const type = azapiTypeOf(resource) ?? "";
  return SIGN_INS.has(type) && (!type.startsWith("microsoft.web") || isNamed(resource, "authsettingsv2"));
}

function isNamed(resource: Resource, name: string): boolean {
  return resource.at("name").text?.toLowerCase() === name;
}

function isSlotOf(app: Resource): (slot: Resource) => boolean {
  const ids = ["app_service_id", "function_app_id"];
  return (slot) => ids.some((id) => slot.referenced(id).includes(app));
}

/** Whether an address has the host name that Azure gives to the app. */
function isNamedIn(app: Resource, hosts: readonly string[]): boolean {
  const name = app.at("name").text?.toLowerCase();
  const domains = CLOUD_NAMES.flatMap((cloud) => CLOUDS[cloud].appService);
  return name !== undefined && domains.some((domain) => hosts.includes(`${name}.${domain}`));
}

/** The host of an address, in lower case; empty for anything else. */
export function hostOf(url: string): string {
  const [, host = ""] = /^https?:[/]{2}(?:[^/@]*@)?([^/:?#]+)/i.exec(url) ?? [];
  return host.toLowerCase().replace(/[.]$/, "");
}
