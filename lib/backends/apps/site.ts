import { FunctionAppFlexConsumptionConfig } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionAppConfig } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebAppConfig } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsFunctionAppConfig } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebAppConfig } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { Construct } from "constructs";
import { isToken } from "../../core/tokens";
import { fail } from "../../core/fail";
import { checkName, kebabCase } from "../../core/names";
import { globallyUniqueName, AZURE_NAMES } from "../../azure/names";
import { AppProps } from "./app-props";

type PlanApp = LinuxFunctionAppConfig & LinuxWebAppConfig & WindowsFunctionAppConfig & WindowsWebAppConfig;
type PlanSiteConfig = LinuxFunctionAppConfig["siteConfig"] &
  LinuxWebAppConfig["siteConfig"] &
  WindowsFunctionAppConfig["siteConfig"] &
  WindowsWebAppConfig["siteConfig"];

/** What every created App Service app has: HTTPS only, no publishing password, a system-assigned identity. */
export const SITE = {
  httpsOnly: true,
  webdeployPublishBasicAuthenticationEnabled: false,
  identity: { type: "SystemAssigned" },
} satisfies Partial<PlanApp & FunctionAppFlexConsumptionConfig>;

/** What every created App Service app has in `site_config`. */
export const SITE_CONFIG = {
  minimumTlsVersion: "1.2",
  scmMinimumTlsVersion: "1.2",
  http2Enabled: true,
} satisfies Partial<PlanSiteConfig & FunctionAppFlexConsumptionConfig["siteConfig"]>;

/** Apps on a plan also have FTP, which is off. */
export const PLAN_SITE = {
  ...SITE,
  ftpPublishBasicAuthenticationEnabled: false,
} satisfies Partial<PlanApp>;

/** What apps on a plan have in `site_config`. */
export const PLAN_SITE_CONFIG = {
  ...SITE_CONFIG,
  ftpsState: "Disabled",
} satisfies Partial<PlanSiteConfig>;

/** What `site_config` also has on Windows: azurerm defaults to a 32-bit process, in which no current Java runs. */
export const WINDOWS_SITE_CONFIG = { use32BitWorker: false } satisfies Partial<
  WindowsFunctionAppConfig["siteConfig"] & WindowsWebAppConfig["siteConfig"]
>;

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
    ? checkName(scope, AZURE_NAMES.app, props.appName, kebabCase(props.appName))
    : globallyUniqueName(scope, defaultName, props.resourceGroup, maxLength);
}
