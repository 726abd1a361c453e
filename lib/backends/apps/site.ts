import type { FunctionAppFlexConsumptionConfig } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { checkedTags } from "../../azure/azure-tags";
import { AZURE_NAMES, globallyUniqueLength, globallyUniqueName } from "../../azure/names";
import { uniqueName } from "../../azure/taken-name";
import { OpenSettings } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { guard, ONCE, oneOf } from "../../core/guard";
import { kebabCase } from "../../core/names";
import { isToken } from "../../core/tokens";
import { corsConfig } from "./app-cors";
import { appIdentity } from "./app-identity";
import { AppProps } from "./app-props";
import { OPENING_SETTINGS } from "./app-settings";
import { checkedRuntime } from "./app-runtime";
import { registryConfig } from "./container-image";
import { checkedRegistry } from "./container-registry";
import { SiteNetwork } from "./network/network-rule";
import { Delegation, integrationConfig } from "./virtual-network-integration";

/** What every created App Service app has: HTTPS only, no publishing password. */
const SITE = {
  httpsOnly: true,
  webdeployPublishBasicAuthenticationEnabled: false,
} satisfies Partial<FunctionAppFlexConsumptionConfig>;

/** What every created App Service app has in `site_config`. */
const SITE_CONFIG = {
  minimumTlsVersion: "1.2",
  scmMinimumTlsVersion: "1.2",
  http2Enabled: true,
} satisfies Partial<FunctionAppFlexConsumptionConfig["siteConfig"]>;

/** The part of its configuration that all created App Service apps and their slots share, but for the network. */
export function siteSettings(scope: Construct, props: AppProps, delegation: Delegation) {
  const { additionalIdentities, cors, tags } = props;
  const { _registry } = checkedRuntime(scope, props.runtime);
  const registry = _registry === undefined ? undefined : checkedRegistry(scope, _registry);
  const integration = integrationConfig(scope, props.virtualNetworkIntegration, delegation);
  return {
    ...SITE,
    ...integration.config,
    identity: appIdentity(scope, additionalIdentities, registry?.identity),
    tags: tags && checkedTags(scope, tags),
    siteConfig: {
      ...SITE_CONFIG,
      ...integration.siteConfig,
      ...registryConfig(scope, registry),
      ...(cors && corsConfig(scope, cors)),
    },
  };
}

/** The settings of an app or a slot with its network. */
export function onNetwork<Settings extends { readonly siteConfig: object }>(settings: Settings, network: SiteNetwork) {
  return { ...settings, ...network.config, siteConfig: { ...settings.siteConfig, ...network.siteConfig } };
}

/** Absent, they have azurerm's default 1.2. */
const TLS = oneOf(undefined, "1.2", "1.3");

/**
 * Guards the transport of a created app, and that nobody publishes to it with a password.
 *
 * @param doors what an app of its kind leaves open, with the values that close it
 */
export function guardTransport(app: TerraformResource, doors: OpenSettings): void {
  guard(app, {
    attributes: {
      ...ONCE,
      ...doors,
      "site_config.minimum_tls_version": TLS,
      "site_config.scm_minimum_tls_version": TLS,
      "site_config.remote_debugging_enabled": oneOf(undefined, false),
      // On Flex Consumption there is none, and azurerm's default is Disabled.
      "site_config.ftps_state": oneOf(undefined, "Disabled"),
      ...Object.fromEntries(OPENING_SETTINGS.map((name) => [`app_settings.${name}`, undefined])),
    },
    changed: (attributes) =>
      finding(
        "app-security-changed",
        `The app "${app.node.path}" was changed after it was created, so it could accept plain HTTP, an old TLS version, FTP, ` +
          `publishing passwords, a debugger or sign-ins with a known key.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). To choose other settings, declare the app and ` +
          `pass it to a factory such as Backend.fromLinuxWebApp(app).`,
      ),
  });
}

const ROUTE_PREFIX = /^[\w\-.~%]+(\/[\w\-.~%]+)*$/;

/** Address of an app, with the prefix of its routes if it has one. */
export function appUrl(scope: Construct, hostname: string, routePrefix: string): string {
  if (routePrefix === "") return `https://${hostname}`;
  if (!isToken(routePrefix) && !ROUTE_PREFIX.test(routePrefix))
    fail(
      scope,
      "invalid-route-prefix",
      `The route prefix "${routePrefix}" is not a relative path.`,
      `Write routePrefix as in host.json, for example "api" or "v1/orders", or "" for none.`,
    );
  return `https://${hostname}/${routePrefix}`;
}

/**
 * How many characters of a function app's name its host ID consists of. Two apps on one storage account must differ in them.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/storage-considerations#host-id-considerations
 */
export const HOST_ID_LENGTH = 32;

/** The name that the user gave the app, or one that is unique in Azure. */
export function appName(scope: Construct, props: AppProps, defaultName: string, maxLength: number): string {
  return props.appName !== undefined
    ? uniqueName(scope, AZURE_NAMES.app, props.appName, { suggestion: kebabCase(props.appName) })
    : globallyUniqueName(scope, defaultName, props.resourceGroup, maxLength);
}

/** How many characters the name has; 0 for a name that only Terraform knows, and for what is no name. */
export function appNameLength({ appName: given }: AppProps, defaultName: string, maxLength: number): number {
  if (given === undefined) return globallyUniqueLength(defaultName, maxLength);
  return typeof given !== "string" || isToken(given) ? 0 : given.length;
}
