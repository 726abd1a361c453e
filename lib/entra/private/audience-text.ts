/** A client id. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An application id URI. */
export const URI = /^(https:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[\w\-.~:/@!$'()*,;=%]*)?|api:\/\/[\w\-.~:/@!$'()*,;=%]+)$/;

const MANAGEMENT_AUDIENCES = new Set([
  "797f4846-ba00-4fd7-ba43-dac1f8f63013",
  "00000003-0000-0000-c000-000000000000",
  "00000002-0000-0000-c000-000000000000",
  "https://management.azure.com",
  "https://management.core.windows.net",
  "https://graph.microsoft.com",
  "https://graph.windows.net",
]);

/** Azure Resource Manager and Microsoft Graph: a token for them, sent to a backend, lets the backend act as the gateway. */
export function isManagementAudience(audience: string): boolean {
  return MANAGEMENT_AUDIENCES.has(audience.toLowerCase().replace(/\/+$/, ""));
}
