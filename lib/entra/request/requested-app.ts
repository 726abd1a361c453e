import { EntraRequest } from "./entra-request";

/** The body of a new application in Microsoft Graph. */
export function applicationBody({ displayName, appRole }: EntraRequest): object {
  return {
    displayName,
    ...SETTINGS,
    appRoles: [
      {
        id: appRole.id,
        value: appRole.value,
        displayName: appRole.displayName,
        description: appRole.description,
        allowedMemberTypes: ["Application"],
        isEnabled: true,
      },
    ],
  };
}

/** What is set on an application that exists as well. */
export const SETTINGS = {
  signInAudience: "AzureADMyOrg",
  api: { requestedAccessTokenVersion: 2 },
  web: { implicitGrantSettings: { enableAccessTokenIssuance: false, enableIdTokenIssuance: false } },
};

/** The body of its service principal. */
export const SERVICE_PRINCIPAL_BODY = { accountEnabled: true, appRoleAssignmentRequired: true };

/** The body of an assignment. */
export function assignmentBody(principalId: string, resourceId: string, appRoleId: string): object {
  return { principalId, resourceId, appRoleId };
}

/** The reference to an owner. */
export function ownerBody(graph: string, owner: string): object {
  return { "@odata.id": `${graph}/directoryObjects/${owner}` };
}
