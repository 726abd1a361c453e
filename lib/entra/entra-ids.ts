import { Construct } from "constructs";
import { fail } from "../core/fail";
import { isToken } from "../core/tokens";
import { GUID } from "./audience-text";

/** Requires the object ID of a service principal. What only Terraform knows passes. */
export function checkObjectId(scope: Construct, objectId: string): void {
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
  if (!isToken(clientId) && !GUID.test(clientId))
    fail(
      scope,
      "invalid-client-id",
      `"${clientId}" is not a client ID.`,
      'Write the GUID that Entra ID shows as "Application (client) ID" of the app registration.',
    );
}
