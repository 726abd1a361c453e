/** Host names that Azure gives to apps, in all clouds and in App Service Environments. */
const APP_SERVICE =
  /[.](?:azurewebsites[.](?:net|us)|chinacloudsites[.]cn|appserviceenvironment[.](?:net|us)|websites[.]usgovcloudapi[.]net)$/;

/** Host names of container apps, which have no SCM site. */
const CONTAINER_APP = /[.]azurecontainerapps[.](?:io|us|cn)$/;

/**
 * The SCM site of an app, or of a slot, with a host name of Azure: `scm` is its second label.
 *
 * @see https://learn.microsoft.com/azure/app-service/resources-kudu#access-kudu-for-your-app
 */
export function scmUrl({ hostname }: URL): URL | undefined {
  if (!APP_SERVICE.test(hostname)) return undefined;
  const [name, ...domain] = hostname.split(".");
  return domain[0] === "scm" ? undefined : new URL(`https://${[name, "scm", ...domain].join(".")}/`);
}

/** Whether the host can have an SCM site. */
export function canHaveScm({ hostname }: URL): boolean {
  return !CONTAINER_APP.test(hostname);
}
