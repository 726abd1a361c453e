import { EntraRequest } from "./entra-request";
import { applicationBody, assignmentBody, ownerBody, SERVICE_PRINCIPAL_BODY, SETTINGS } from "./requested-app";

/** Microsoft Graph in the global cloud. */
export const GRAPH = "https://graph.microsoft.com/v1.0";

/** Stand for what Entra ID gives. */
export const CLIENT_ID = "{client ID}";
const SERVICE_PRINCIPAL_ID = "{object ID of the service principal}";

/** One request to Microsoft Graph. */
export interface GraphRequest {
  readonly title: string;
  /** Why it is needed, as a sentence. */
  readonly why: string;
  readonly method: "POST" | "PATCH";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

const JSON_BODY = { "Content-Type": "application/json" };

/** Everything that is to be created, in order, as requests to Microsoft Graph. What stands in braces comes from an answer before. */
export function graphRequests(request: EntraRequest): GraphRequest[] {
  const { clientId = CLIENT_ID } = request;
  return [
    application(request),
    {
      title: "Service principal",
      why: "Without one, Entra ID issues no token for the application. It requires assignment, so that only assigned identities get tokens.",
      method: "PATCH",
      url: `${GRAPH}/servicePrincipals(appId='${clientId}')`,
      headers: { ...JSON_BODY, Prefer: "create-if-missing" },
      body: SERVICE_PRINCIPAL_BODY,
    },
    ...request.owners.map((owner, index): GraphRequest => ({
      title: `Owner ${index + 1}`,
      why: "The owner can maintain the application.",
      method: "POST",
      url: `${GRAPH}/applications(appId='${clientId}')/owners/$ref`,
      headers: JSON_BODY,
      body: ownerBody(GRAPH, owner),
    })),
    ...request.assignments.map(({ label, objectId }): GraphRequest => ({
      title: `Assignment of the app role to ${label}`,
      why: "Entra ID issues tokens for the application to this identity only with an assignment.",
      method: "POST",
      url: `${GRAPH}/servicePrincipals/${SERVICE_PRINCIPAL_ID}/appRoleAssignedTo`,
      headers: JSON_BODY,
      body: assignmentBody(objectId ?? `{object ID of ${label}}`, SERVICE_PRINCIPAL_ID, request.appRole.id),
    })),
  ];
}

function application(request: EntraRequest): GraphRequest {
  const { clientId } = request;
  const why = "The app accepts tokens for this application only.";
  if (clientId === undefined)
    return {
      title: "Application",
      why,
      method: "POST",
      url: `${GRAPH}/applications`,
      headers: JSON_BODY,
      body: applicationBody(request),
    };
  return {
    title: "Settings of the application",
    why,
    method: "PATCH",
    url: `${GRAPH}/applications(appId='${clientId}')`,
    headers: JSON_BODY,
    body: SETTINGS,
  };
}
