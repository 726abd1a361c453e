import { TerraformStack, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { CLOUD_NAMES, CloudName, CLOUDS } from "../../../lib/azure/clouds/hosts";
import { CloudService, SERVICES } from "../../../lib/azure/clouds/services";
import { Json } from "../../helpers/synth";

/** What a cloud is called by, as Microsoft documents it. */
export const EXPECTED = {
  public: {
    issuer: "https://login.microsoftonline.com/",
    gateway: "https://contoso.azure-api.net",
    region: "westeurope",
  },
  usgovernment: {
    issuer: "https://login.microsoftonline.us/",
    gateway: "https://contoso.azure-api.us",
    region: "usgovvirginia",
  },
  china: {
    issuer: "https://login.partner.microsoftonline.cn/",
    gateway: "https://contoso.azure-api.cn",
    region: "chinanorth3",
  },
} as const;

/** A stack whose providers are for a cloud; without a name, they say nothing. */
export function stackIn(environment?: string, id = "app", app = Testing.app()): TerraformStack {
  const stack = new TerraformStack(app, id);
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
    environment,
  });
  new AzureadProvider(stack, "azuread", { environment });
  return stack;
}

/** The hosts of a cloud that are in no other. */
function hostsOf(cloud: CloudName): string[] {
  const { signIn, resourceManager, graph, gateway, appService, containerApps } = CLOUDS[cloud];
  const services: readonly CloudService[] = Object.values(SERVICES);
  const ofServices = services.flatMap((service) => {
    const { tokenResource = "", domains = [], audiences = [] } = service[cloud] ?? {};
    return [tokenResource.replace(/^https:[/]{2}|[/].*$/g, ""), ...domains, ...audiences];
  });
  const hosts = [...signIn, ...resourceManager, ...graph, gateway, ...appService, containerApps, ...ofServices];
  return hosts.filter((host) => host.includes("."));
}

/** What stands in a synthesized stack of another cloud than its own. */
export function foreignHosts(json: Json, cloud: CloudName): string[] {
  const text = JSON.stringify(json).toLowerCase();
  const own = new Set(hostsOf(cloud));
  const others = CLOUD_NAMES.filter((name) => name !== cloud).flatMap(hostsOf);
  return [...new Set(others)].filter((host) => !own.has(host) && text.includes(host));
}
