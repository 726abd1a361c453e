import { hostPattern, inAllClouds } from "../azure/clouds/hosts";
import { GUID } from "../core/ids";

/** An application ID URI. */
export const URI =
  /^(?:https:[/]{2}[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/][A-Za-z0-9_.~:/%-]*)?|api:[/]{2}[A-Za-z0-9_.~:/%-]+)$/;

/** A client ID or an application ID URI. */
export const AUDIENCE = new RegExp(`${GUID.source}|${URI.source}`, "i");

/** Client IDs of Azure Resource Manager, Microsoft Graph and Azure AD Graph. */
export const MANAGEMENT_CLIENT_IDS = [
  "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  "00000003-0000-0000-c000-000000000000",
  "00000002-0000-0000-c000-000000000000",
];

/** Those of the cloud in Germany, which is closed. */
const CLOSED = [
  ...["management.microsoftazure.de", "management.core.cloudapi.de"],
  ...["graph.microsoft.de", "graph.cloudapi.de"],
];

/** Their hosts, in all clouds. */
export const MANAGEMENT_HOSTS = [
  ...inAllClouds(({ resourceManager, graph }) => [...resourceManager, ...graph]),
  ...CLOSED,
];

/** A pattern for these client IDs as audiences. */
export function audiencesOf(clientIds: readonly string[]): string {
  return `(?:api:[/]{2})?(?:${clientIds.join("|")})(?:[/].*)?`;
}

/** A pattern for these hosts, and those below them. */
export function atOrBelow(hosts: readonly string[]): string {
  return `(?:[a-z0-9-]+[.])*${hostPattern(hosts)}`;
}

/** A pattern for audiences at these hosts and below them: in any case, with a port, a path or a dot at the end. */
export function audiencesAt(hosts: readonly string[]): string {
  return `(?:(?:https?|api):[/]{2})?${atOrBelow(hosts)}[.]*(?::[0-9]*)?(?:[/?#].*)?`;
}

/**
 * Azure Resource Manager and Microsoft Graph. With a token for them, a backend could act as the gateway.
 *
 * @see docs/design/decisions.md#no-management-tokens
 */
export const MANAGEMENT = new RegExp(
  `^(?:${audiencesOf(MANAGEMENT_CLIENT_IDS)}|${audiencesAt(MANAGEMENT_HOSTS)})$`,
  "i",
);

/** Whether it is Azure Resource Manager or Microsoft Graph. */
export function isManagementAudience(audience: string): boolean {
  return MANAGEMENT.test(audience);
}
