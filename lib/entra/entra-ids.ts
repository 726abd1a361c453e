import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireText } from "../core/given";
import { GUID, TENANT } from "../core/ids";
import { isToken } from "../core/tokens";

const OBJECT_ID = "the GUID that Entra ID shows as its object ID";

/** Requires the object ID of a service principal. What only Terraform knows passes. */
export function checkObjectId(scope: Construct, objectId: string, what = "object ID of a service principal"): void {
  requireText(scope, what, objectId, OBJECT_ID);
  if (isOther(objectId, GUID))
    fail(
      scope,
      "invalid-object-id",
      `"${objectId}" is not the object ID of a service principal.`,
      'Write the GUID that Entra ID shows as "Object ID" of the enterprise application, not its name.',
    );
}

/** Requires the client ID of an app registration. What only Terraform knows passes. */
export function checkClientId(scope: Construct, clientId: string): void {
  requireText(scope, "client ID", clientId, "the GUID that Entra ID shows as Application (client) ID");
  if (isOther(clientId, GUID))
    fail(
      scope,
      "invalid-client-id",
      `"${clientId}" is not a client ID.`,
      'Write the GUID that Entra ID shows as "Application (client) ID" of the app registration.',
    );
}

/** Requires one tenant. What only Terraform knows passes. */
export function checkTenantId(scope: Construct, tenantId: string): void {
  requireText(scope, "tenant ID", tenantId, "the GUID that Entra ID shows as Tenant ID");
  if (isOther(tenantId, TENANT))
    fail(
      scope,
      "invalid-tenant-id",
      `"${tenantId}" does not identify one tenant.`,
      'Write the GUID of the tenant, or one of its domains, such as "contoso.onmicrosoft.com".',
    );
}

/** Requires object IDs of owners. What only Terraform knows passes. */
export function checkOwners(scope: Construct, owners: readonly string[]): void {
  for (const owner of owners) {
    requireText(scope, "object ID of an owner", owner, OBJECT_ID);
    if (isOther(owner, GUID))
      fail(
        scope,
        "invalid-owner",
        `"${owner}" in owners is not an object ID.`,
        'Write the GUID that Entra ID shows as "Object ID" of the user or service principal, not a name or an email address.',
      );
  }
}

/** Requires the ID of an app role. What only Terraform knows passes. */
export function checkAppRoleId(scope: Construct, appRoleId: string): void {
  requireText(scope, "appRoleId", appRoleId, "the GUID of the app role");
  if (isOther(appRoleId, GUID))
    fail(
      scope,
      "invalid-app-role-id",
      `The appRoleId "${appRoleId}" is not the ID of an app role.`,
      'Write the GUID that Entra ID shows as "ID" of the app role, not its name or value.',
    );
}

function isOther(value: string, form: RegExp): boolean {
  return !isToken(value) && !form.test(value);
}
