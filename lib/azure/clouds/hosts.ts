/*
 * The clouds of Azure and their hosts. Whatever writes a host, an issuer or a token resource asks this table and that of the services.
 * Neither loads another file: the command line uses them.
 */

/** A cloud, by the name that azurerm, azuread and azapi have for it. */
export type CloudName = "public" | "usgovernment" | "china";

/** What differs by cloud. */
export type ByCloud<T> = Readonly<Record<CloudName, T>>;

/** The hosts of a cloud. */
export interface CloudHosts {
  /** How messages name it, after "the stack is for". */
  readonly title: string;
  /** The member of `AzureCloud`. */
  readonly member: string;
  /** The values of `environment` in azurerm and azuread that stand for it, in lowercase. */
  readonly environments: readonly string[];
  /** Where Entra ID signs in. The first one is in the issuers of version 2 tokens. */
  readonly signIn: readonly string[];
  /** The host in the issuers of version 1 tokens. */
  readonly issuerOfVersion1: string;
  readonly resourceManager: readonly string[];
  readonly graph: readonly string[];
  /** What the addresses of API Management gateways end with. */
  readonly gateway: string;
  /** What the addresses of App Service apps end with; the second one in an App Service Environment. */
  readonly appService: readonly string[];
  /** What the addresses of container apps end with. */
  readonly containerApps: string;
}

/**
 * @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 * @see https://learn.microsoft.com/graph/deployments
 * @see https://learn.microsoft.com/azure/azure-government/compare-azure-government-global-azure
 * @see https://learn.microsoft.com/azure/china/resources-developer-guide
 * @see https://learn.microsoft.com/azure/private-link/private-endpoint-dns
 * @see https://github.com/hashicorp/go-azure-sdk/tree/main/sdk/environments
 */
export const CLOUDS: ByCloud<CloudHosts> = {
  public: {
    title: "the public cloud",
    member: "PUBLIC",
    environments: ["public", "global"],
    signIn: ["login.microsoftonline.com", "login.windows.net"],
    issuerOfVersion1: "sts.windows.net",
    resourceManager: ["management.azure.com", "management.core.windows.net"],
    graph: ["graph.microsoft.com", "graph.windows.net"],
    gateway: "azure-api.net",
    appService: ["azurewebsites.net", "appserviceenvironment.net"],
    containerApps: "azurecontainerapps.io",
  },
  usgovernment: {
    title: "Azure US Government",
    member: "US_GOVERNMENT",
    // The two last ones are the cloud of the Department of Defense, which differs in Microsoft Graph only.
    environments: ["usgovernment", "usgovernmentl4", "usgovernmentl5", "dod"],
    signIn: ["login.microsoftonline.us"],
    issuerOfVersion1: "sts.windows.net",
    resourceManager: ["management.usgovcloudapi.net", "management.core.usgovcloudapi.net"],
    graph: ["graph.microsoft.us", "dod-graph.microsoft.us", "graph.microsoftazure.us"],
    gateway: "azure-api.us",
    appService: ["azurewebsites.us", "appserviceenvironment.us", "websites.usgovcloudapi.net"],
    containerApps: "azurecontainerapps.us",
  },
  china: {
    title: "Azure in China",
    member: "CHINA",
    environments: ["china"],
    signIn: ["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
    issuerOfVersion1: "sts.chinacloudapi.cn",
    resourceManager: ["management.chinacloudapi.cn", "management.core.chinacloudapi.cn"],
    graph: ["microsoftgraph.chinacloudapi.cn", "graph.chinacloudapi.cn"],
    gateway: "azure-api.cn",
    appService: ["chinacloudsites.cn", "appserviceenvironment.cn"],
    containerApps: "azurecontainerapps.cn",
  },
};

/** Their names, the public one first. */
export const CLOUD_NAMES: readonly CloudName[] = ["public", "usgovernment", "china"];

/** All hosts of a kind, in all clouds. */
export function inAllClouds(kind: (hosts: CloudHosts) => readonly string[]): string[] {
  return CLOUD_NAMES.flatMap((name) => kind(CLOUDS[name]));
}

/** A value of `environment` as azurerm and azuread read it; `undefined` for one that stands for no cloud here. */
export function cloudOfEnvironment(environment: string): CloudName | undefined {
  return CLOUD_NAMES.find((name) => CLOUDS[name].environments.includes(environment.toLowerCase()));
}

/** The issuer of version 2 tokens of a tenant. */
export function issuerOf(cloud: CloudName, tenantId: string): string {
  return `https://${CLOUDS[cloud].signIn[0]}/${tenantId}/v2.0`;
}

/** The cloud of an address that Azure gives to gateways and apps; `undefined` for any other. */
export function cloudOfAppHost(host: string): CloudName | undefined {
  return CLOUD_NAMES.find((name) => {
    const { gateway, appService, containerApps } = CLOUDS[name];
    return [gateway, containerApps, ...appService].some((domain) => isAtOrBelow(host, domain));
  });
}

/** A pattern for these hosts, also in Terraform's syntax. */
export function hostPattern(hosts: readonly string[]): string {
  return `(?:${hosts.map((host) => host.replace(/[.]/g, "[.]")).join("|")})`;
}

/** Whether a host is a domain or below it, in any case and with a dot at the end. */
export function isAtOrBelow(host: string, domain: string): boolean {
  const name = host.toLowerCase().replace(/[.]$/, "");
  return name === domain || name.endsWith(`.${domain}`);
}
