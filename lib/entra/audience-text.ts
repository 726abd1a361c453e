/** A client ID or object ID. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An application ID URI. */
export const URI = /^(?:https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[\w\-.~:/%]*)?|api:\/\/[\w\-.~:/%]+)$/;

/** Client IDs of Azure Resource Manager, Microsoft Graph and Azure AD Graph. */
const MANAGEMENT_CLIENT_IDS = new Set([
  "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  "00000003-0000-0000-c000-000000000000",
  "00000002-0000-0000-c000-000000000000",
]);

/** Their hosts, in all clouds. */
const MANAGEMENT_HOSTS = new Set([
  "management.azure.com",
  "management.core.windows.net",
  "management.usgovcloudapi.net",
  "management.core.usgovcloudapi.net",
  "management.core.cloudapi.de",
  "management.chinacloudapi.cn",
  "management.core.chinacloudapi.cn",
  "graph.microsoft.com",
  "graph.microsoft.us",
  "dod-graph.microsoft.us",
  "microsoftgraph.chinacloudapi.cn",
  "graph.windows.net",
]);

/**
 * Whether it is Azure Resource Manager or Microsoft Graph. With a token for them, a backend could act as the gateway.
 *
 * @see docs/design/decisions.md#no-management-tokens
 */
export function isManagementAudience(audience: string): boolean {
  const host = URL.canParse(audience) ? new URL(audience).hostname.replace(/\.$/, "") : "";
  return MANAGEMENT_CLIENT_IDS.has(audience.toLowerCase()) || MANAGEMENT_HOSTS.has(host);
}
