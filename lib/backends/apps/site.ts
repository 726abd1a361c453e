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

/** What every app that we make has, whatever it runs: HTTPS only, no password to publish with, an identity of its own. */
export const SITE = {
  httpsOnly: true,
  webdeployPublishBasicAuthenticationEnabled: false,
  identity: { type: "SystemAssigned" },
} satisfies Partial<PlanApp & FunctionAppFlexConsumptionConfig>;

/** The part of it that stands in `site_config`: TLS 1.2 at least. */
export const SITE_CONFIG = {
  minimumTlsVersion: "1.2",
  scmMinimumTlsVersion: "1.2",
  http2Enabled: true,
} satisfies Partial<PlanSiteConfig & FunctionAppFlexConsumptionConfig["siteConfig"]>;

/** The same for apps on a plan, which have FTP to switch off. */
export const PLAN_SITE = {
  ...SITE,
  ftpPublishBasicAuthenticationEnabled: false,
} satisfies Partial<PlanApp>;

/** The part of it that stands in `site_config`. */
export const PLAN_SITE_CONFIG = {
  ...SITE_CONFIG,
  ftpsState: "Disabled",
} satisfies Partial<PlanSiteConfig>;

/** What stands in `site_config` on Windows besides: azurerm would have a 32-bit process, which no current Java runs in. */
export const WINDOWS_SITE_CONFIG = { use32BitWorker: false } satisfies Partial<
  WindowsFunctionAppConfig["siteConfig"] & WindowsWebAppConfig["siteConfig"]
>;

const ROUTE_PREFIX = /^[\w\-.~%]+(\/[\w\-.~%]+)*$/;

/** Address of an app, with the prefix of its routes where there is one. */
export function appUrl(scope: Construct, hostname: string, routePrefix: string): string {
  if (routePrefix === "") return `https://${hostname}`;
  if (!isToken(routePrefix) && !ROUTE_PREFIX.test(routePrefix))
    fail(
      scope,
      "invalid-route-prefix",
      `The route prefix "${routePrefix}" is no relative path. ` +
        `Write it as host.json has it, for example "api" or "v1/orders", or "" for none.`,
    );
  return `https://${hostname}/${routePrefix}`;
}

/**
 * How much of its name a function app is known by to its host: two apps of one storage account must differ in it.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/storage-considerations#host-id-considerations
 */
export const HOST_ID_LENGTH = 32;

/** The name that the user gave to an app, or one that nobody else in Azure has. */
export function appName(scope: Construct, props: AppProps, defaultName: string, maxLength: number): string {
  return props.appName !== undefined
    ? checkName(scope, AZURE_NAMES.app, props.appName, kebabCase(props.appName))
    : globallyUniqueName(scope, defaultName, props.resourceGroup, maxLength);
}
