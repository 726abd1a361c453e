import { Construct } from "constructs";
import { fail } from "../../core/fail";
import { requireText } from "../../core/given";
import { isToken, literalOutline } from "../../core/tokens";
import { CLOUD_NAMES, CloudName, cloudOfAppHost, CLOUDS, isAtOrBelow } from "./hosts";
import { CloudService, ServiceInCloud, ServiceName, SERVICES } from "./services";
import { endpointUrl, HOW_TO_PASS } from "../endpoint";
import { cloudOf } from "./stack-cloud";

/** An Azure service in the cloud of the stack. */
export function serviceIn(scope: Construct, name: ServiceName): ServiceInCloud {
  const service: CloudService = SERVICES[name];
  const cloud = cloudOf(scope);
  const found = service[cloud];
  const { title: thisCloud } = CLOUDS[cloud];
  if (found === undefined)
    fail(
      scope,
      "service-not-in-cloud",
      `The library does not know ${service.name} in ${thisCloud}, which the stack is for.`,
      "Write Backend.azureResource({ url, tokenResource, scope, role }) with the address and the token resource in this cloud.",
    );
  return found;
}

/** What tokens for a service are requested for in the cloud of the stack. */
export function tokenResourceIn(scope: Construct, name: ServiceName): string {
  return serviceIn(scope, name).tokenResource!;
}

/** The address, in the cloud of the stack, of a service that is known by its name. */
export function serviceUrl(scope: Construct, name: string, service: ServiceName): string {
  const [domain] = serviceIn(scope, service).domains;
  requireText(scope, "name of the Azure service", name, HOW_TO_PASS);
  if (!isToken(name) && !/^[a-z0-9-]+$/i.test(name))
    fail(
      scope,
      "invalid-service-name",
      `"${name}" is not the name of a service in ${domain}.`,
      "Write only the name, without the domain: letters, digits and hyphens.",
    );
  return `https://${name}.${domain}`;
}

/** The endpoint of an Azure service, as `endpointUrl` has it. A literal must be one of the service in the cloud of the stack. */
export function serviceEndpoint(scope: Construct, endpoint: string, service: ServiceName): string {
  const url = endpointUrl(scope, endpoint);
  if (!isToken(endpoint)) requireServiceAddress(scope, endpoint, service);
  return url;
}

function requireServiceAddress(scope: Construct, address: string, service: ServiceName): void {
  const { domains } = serviceIn(scope, service);
  const host = hostOf(address);
  const { title: thisCloud } = CLOUDS[cloudOf(scope)];
  if (domains.some((domain) => isAtOrBelow(host, domain))) return;
  fail(
    scope,
    "endpoint-of-another-service",
    `"${address}" is not an address of ${SERVICES[service].name} in ${thisCloud}.`,
    `Write an address below ${domains.join(", ")}.`,
  );
}

/** Refuses a host that Azure gives in another cloud than that of the stack. What only Terraform knows passes. */
export function checkAddressInCloud(scope: Construct, what: string, address: string): void {
  const host = hostOf(address);
  const clouds = cloudsOfHost(host);
  if (clouds.length === 0) return;
  const cloud = cloudOf(scope);
  if (clouds.includes(cloud)) return;
  const { title: thisCloud } = CLOUDS[cloud];
  const [otherName] = clouds;
  const { title: otherCloud } = CLOUDS[otherName];
  fail(
    scope,
    "address-of-another-cloud",
    `${what} "${address}" is in ${otherCloud}, but the stack is for ${thisCloud}.`,
    `Write an address in the cloud of the stack. If the stack is for ${otherCloud}, write environment: "${otherName}" on its providers.`,
  );
}

/** The host of an address, with a letter for each part that only Terraform knows. */
function hostOf(address: string): string {
  return /^https?:\/\/([^/:?#]*)/i.exec(literalOutline(address, "0"))?.[1] ?? "";
}

/** The clouds that have a domain of Azure services. */
const CLOUDS_OF_DOMAIN = new Map<string, CloudName[]>();
for (const service of Object.values<CloudService>(SERVICES))
  for (const name of CLOUD_NAMES)
    for (const domain of service[name]?.domains ?? [])
      CLOUDS_OF_DOMAIN.set(domain, [...(CLOUDS_OF_DOMAIN.get(domain) ?? []), name]);

const MOST_LABELS = Math.max(...[...CLOUDS_OF_DOMAIN.keys()].map((domain) => domain.split(".").length));

/** The clouds in which Azure gives a host to an app, a gateway or a service; none for any other host. */
function cloudsOfHost(host: string): CloudName[] {
  const ofApp = cloudOfAppHost(host);
  if (ofApp !== undefined) return [ofApp];
  const labels = host.toLowerCase().replace(/[.]$/, "").split(".").slice(-MOST_LABELS);
  const found = new Set(labels.flatMap((_, at) => CLOUDS_OF_DOMAIN.get(labels.slice(at).join(".")) ?? []));
  return CLOUD_NAMES.filter((name) => found.has(name));
}
