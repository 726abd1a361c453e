import { Construct } from "constructs";
import { fail } from "../core/fail";

/** A client id. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An application id URI. */
export const URI = /^(?:https:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[\w\-.~:/%]*)?|api:\/\/[\w\-.~:/%]+)$/;

/** Client ids of Azure Resource Manager, Microsoft Graph and Azure AD Graph. */
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

/** Azure Resource Manager and Microsoft Graph: a token for them, sent to a backend, lets the backend act as the gateway. */
export function isManagementAudience(audience: string): boolean {
  const host = URL.canParse(audience) ? new URL(audience).hostname.replace(/\.$/, "") : "";
  return MANAGEMENT_CLIENT_IDS.has(audience.toLowerCase()) || MANAGEMENT_HOSTS.has(host);
}
// Policy
// Entra ID

export function invalidObjectId(scope: Construct, objectId: string): never {
  fail(
    scope,
    "invalid-object-id",
    `"${objectId}" is no object id of a service principal. Write the GUID that Entra ID shows as "Object ID" of the enterprise ` +
      `application, not its name.`,
  );
}
// Policy
// Entra ID

export function invalidClientId(scope: Construct, clientId: string): never {
  fail(
    scope,
    "invalid-client-id",
    `"${clientId}" is no client id. Write the GUID that Entra ID shows as "Application (client) ID" of the app registration.`,
  );
}
