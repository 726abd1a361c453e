import { Construct } from "constructs";
import { fail } from "../core/fail";
import { isToken } from "../core/tokens";
import { GUID } from "./audience-text";
import { requireText } from "../core/given";

/** Requires the object ID of a service principal. What only Terraform knows passes. */
export function checkObjectId(scope: Construct, objectId: string): void {
  requireText(scope, "object ID of a service principal", objectId, "the GUID that Entra ID shows as its object ID");
  if (!isToken(objectId) && !GUID.test(objectId))
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
  if (!isToken(clientId) && !GUID.test(clientId))
    fail(
      scope,
      "invalid-client-id",
      `"${clientId}" is not a client ID.`,
      'Write the GUID that Entra ID shows as "Application (client) ID" of the app registration.',
    );
}
