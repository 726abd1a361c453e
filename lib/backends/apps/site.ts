import { FunctionAppFlexConsumptionConfig } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { globallyUniqueName, AZURE_NAMES } from "../../azure/names";
import { OpenSettings } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { asWritten } from "../../core/terraform-template";
import { guard, ONCE, oneOf } from "../../core/guard";
import { checkName, kebabCase } from "../../core/names";
import { isToken } from "../../core/tokens";
import { BackendBindOptions } from "../backend";
import { AppProps, PlanAppProps } from "./app-props";
import { checkedRuntime, RuntimeKind } from "./app-runtime";
import { checkedPlan, PlannedApp } from "./app-service-plan";
import { siteNetwork } from "./network/network-access";

/** What every created App Service app has: HTTPS only, no publishing password, a system-assigned identity. */
export const SITE = {
  httpsOnly: true,
  webdeployPublishBasicAuthenticationEnabled: false,
  identity: { type: "SystemAssigned" },
} satisfies Partial<FunctionAppFlexConsumptionConfig>;

/** What every created App Service app has in `site_config`. */
export const SITE_CONFIG = {
  minimumTlsVersion: "1.2",
  scmMinimumTlsVersion: "1.2",
  http2Enabled: true,
} satisfies Partial<FunctionAppFlexConsumptionConfig["siteConfig"]>;

/**
 * Creates the plan of an app, and returns the part of its configuration that is the same for all apps on a plan: FTP is off.
 * azurerm defaults to a 32-bit process on Windows, in which no current Java runs.
 */
export function createPlanSite<Kind extends RuntimeKind>(
  scope: Construct,
  { defaultName, gateway }: BackendBindOptions,
  props: PlanAppProps,
  app: PlannedApp & { readonly kind: Kind },
) {
  const network = siteNetwork(scope, props, gateway);
  const group = props.resourceGroup;
  const plan = checkedPlan(scope, props.plan)._bind(scope, defaultName, group, app);
  return {
    network,
    plan: plan.created,
    config: {
      ...SITE,
      ...network.config,
      ftpPublishBasicAuthenticationEnabled: false,
      name: appName(scope, props, defaultName, app.functions ? HOST_ID_LENGTH : 60),
      resourceGroupName: group.name,
      location: group.location,
      servicePlanId: plan.id,
      tags: props.tags && asWritten(props.tags),
      siteConfig: {
        ...SITE_CONFIG,
        ...network.siteConfig,
        applicationStack: checkedRuntime(scope, props.runtime)._stack(scope, app.kind),
        ftpsState: "Disabled",
        alwaysOn: plan.alwaysOn,
        ...(app.osType === "Windows" && { use32BitWorker: false }),
      },
    },
  };
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
    },
    changed: (attributes) =>
      finding(
        "app-security-changed",
        `The app "${app.node.path}" was changed after it was created, so it could accept plain HTTP, an old TLS version, FTP, ` +
          `publishing passwords or a debugger.`,
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
    ? checkName(scope, AZURE_NAMES.app, props.appName, kebabCase(props.appName))
    : globallyUniqueName(scope, defaultName, props.resourceGroup, maxLength);
}
