import { CLOUD_NAMES, CloudName } from "../azure/clouds/hosts";
import { CloudService, ServiceInCloud, SERVICES } from "../azure/clouds/services";
import { atOrBelow, audiencesAt, audiencesOf, MANAGEMENT_CLIENT_IDS, MANAGEMENT_HOSTS } from "./audience-text";

/** A service that tokens are for, and the clouds in which they are. */
export interface AudienceOfService {
  readonly service: CloudService;
  /** None if the audience is that of a service, but of no account of it in a cloud. */
  readonly clouds: readonly CloudName[];
}

const ALL: readonly CloudService[] = Object.values(SERVICES);

const PATTERNS = ALL.map((service) => {
  const { clientId } = service;
  const ofClient = clientId === undefined ? undefined : new RegExp(`^${audiencesOf([clientId])}$`, "i");
  const ofClouds = CLOUD_NAMES.flatMap((cloud) => {
    const hosts = hostsOf(service[cloud]);
    return hosts.length === 0 ? [] : [{ cloud, pattern: new RegExp(`^${audiencesAt(hosts)}$`, "i") }];
  });
  return { service, ofClient, ofClouds };
});

/** The hosts in the audiences of a service: that of its token resource, others, and those of its accounts. */
function hostsOf(service: ServiceInCloud | undefined): string[] {
  if (service === undefined) return [];
  const { tokenResource = "", audiences = [], domains } = service;
  const [, host] = /^https:[/]{2}([^/]+)/.exec(tokenResource) ?? [];
  return [...new Set([...(host === undefined ? [] : [host]), ...audiences, ...domains])];
}

/** The Azure service that a token for the audience is for; `undefined` for a backend of the user's. */
export function serviceOfAudience(audience: string): AudienceOfService | undefined {
  // Most audiences are of no service.
  if (!SERVICE_AUDIENCE.test(audience)) return undefined;
  for (const { service, ofClient, ofClouds } of PATTERNS) {
    if (ofClient?.test(audience)) return { service, clouds: ofClouds.map(({ cloud }) => cloud) };
    const clouds = ofClouds.filter(({ pattern }) => pattern.test(audience)).map(({ cloud }) => cloud);
    if (clouds.length > 0) return { service, clouds };
  }
  return undefined;
}

const CLIENT_IDS = [...MANAGEMENT_CLIENT_IDS, ...ALL.flatMap(({ clientId }) => clientId ?? [])];

/** The two last names of each host: all of them belong to Microsoft. */
const DOMAINS = new Set(
  [MANAGEMENT_HOSTS, ...ALL.flatMap((service) => CLOUD_NAMES.map((cloud) => hostsOf(service[cloud])))]
    .flat()
    .map((host) => host.split(".").slice(-2).join(".")),
);

/** The client IDs of Azure services, for Terraform. */
export const SERVICE_CLIENT_ID = new RegExp(`^${audiencesOf(CLIENT_IDS)}$`, "i");

/** The audiences of Azure services, for Terraform: all at their domains, because a list of each would be too long to read. */
export const SERVICE_AUDIENCE = new RegExp(`^(?:${audiencesOf(CLIENT_IDS)}|${audiencesAt([...DOMAINS])})$`, "i");

/** The addresses at which a service gets its tokens, for Terraform as well. */
export function addressesOf({ domains }: ServiceInCloud): RegExp {
  return new RegExp(`^https:[/]{2}${atOrBelow(domains)}[.]?(?::[0-9]+)?(?:[/].*)?$`, "i");
}
