import { CLOUD_NAMES, CLOUDS, inAllClouds, isAtOrBelow } from "../../azure/clouds/hosts";

/** What host names end with that Azure gives to apps, in all clouds and in App Service Environments. */
const APP_SERVICE = inAllClouds(({ appService }) => appService);

/** What those of container apps end with, which have no SCM site. */
const CONTAINER_APPS = CLOUD_NAMES.map((name) => CLOUDS[name].containerApps);

/**
 * The SCM site of an app, or of a slot, with a host name of Azure: `scm` is its second label.
 *
 * @see https://learn.microsoft.com/azure/app-service/resources-kudu#access-kudu-for-your-app
 */
export function scmUrl({ hostname }: URL): URL | undefined {
  if (!APP_SERVICE.some((domain) => hostname.endsWith(`.${domain}`))) return undefined;
  const [name, ...domain] = hostname.split(".");
  return domain[0] === "scm" ? undefined : new URL(`https://${[name, "scm", ...domain].join(".")}/`);
}

/** Whether the host can have an SCM site. */
export function canHaveScm({ hostname }: URL): boolean {
  return !CONTAINER_APPS.some((domain) => isAtOrBelow(hostname, domain));
}
