import { Construct } from "constructs";
import { fail } from "../../core/fail";
import { requireGiven } from "../../core/given";
import { warnOfSecrets } from "./secret-settings";

/** App settings that azurerm writes itself and refuses at plan, with what to write instead. */
const OF_PROVIDER: Readonly<Record<string, string | undefined>> = {
  DOCKER_REGISTRY_SERVER_URL: 'runtime: AppRuntime.container("contoso.azurecr.io/orders:1.4.2", { server, identity })',
  DOCKER_REGISTRY_SERVER_USERNAME:
    "an identity with the role AcrPull: AppRuntime.container(image, { server, identity })",
  DOCKER_REGISTRY_SERVER_PASSWORD:
    "an identity with the role AcrPull: AppRuntime.container(image, { server, identity })",
  WEBSITE_HEALTHCHECK_MAXPINGFAILURES: 'healthCheck: { path: "/health", evictionTimeInMinutes: 5 }',
  WEBSITE_VNET_ROUTE_ALL: "virtualNetworkIntegration: { subnet, routeAll: true }",
};

/**
 * App settings that open an app. Everyone who reads a key of the sign-in could sign in as the gateway, and settings of the network that
 * are swapped with a slot are no longer those that the app was given.
 *
 * @see https://learn.microsoft.com/azure/app-service/reference-app-settings#authentication--authorization
 * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots#which-settings-are-swapped
 */
export const OPENING_SETTINGS = [
  "WEBSITE_AUTH_ENCRYPTION_KEY",
  "WEBSITE_AUTH_SIGNING_KEY",
  "WEBSITE_AUTH_ENABLED",
  "MACHINEKEY_DecryptionKey",
  "MACHINEKEY_ValidationKey",
  "WEBSITE_OVERRIDE_PRESERVE_DEFAULT_STICKY_SLOT_SETTINGS",
];

/** Refuses app settings that open the app or have an option, and warns of those that seem to hold a secret. */
export function checkAppSettings(
  scope: Construct,
  property: string,
  settings?: { readonly [name: string]: string },
): void {
  if (settings === undefined) return;
  requireGiven(scope, settings, { name: property, example: `${property}: { FEATURE_X: "on" }` });
  for (const name of Object.keys(settings)) {
    if (OPENING_SETTINGS.some((each) => each.toUpperCase() === name.toUpperCase()))
      fail(
        scope,
        "app-setting-opens-app",
        `"${name}" in ${property} changes the sign-in or the network access of the app.`,
        "Remove it. The library sets both.",
      );
    const instead = OF_PROVIDER[name.toUpperCase()];
    if (instead !== undefined)
      fail(
        scope,
        "app-setting-of-provider",
        `azurerm does not accept "${name}" in ${property}, because it writes this app setting itself.`,
        `Remove it, and write ${instead}.`,
      );
  }
  warnOfSecrets(scope, property, settings);
}
