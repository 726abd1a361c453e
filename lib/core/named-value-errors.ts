import { Construct } from "constructs";
import { at } from "./errors";

/* Messages about named values; see `errors.ts`. */

export function namedValueLength(scope: Construct, name: string, length: number): Error {
  const given = length === 0 ? "is empty" : `has ${length} characters`;
  return at(scope, `The named value "${name}" ${given}. Write a text of 1 to 4096 characters that are not all spaces.`);
}

/** Without the text itself: the message is shown, and kept in logs. */
export function plainSecret(scope: Construct, name: string, looks: string): Error {
  return at(
    scope,
    `The plain named value "${name}" looks like a secret, ${looks}, and would be readable in the Terraform state and in API ` +
      `Management. Keep it in a key vault: NamedValueContent.keyVaultSecret(vault, "..."). If it is no secret, write ` +
      `NamedValueContent.plainDespiteItsLooks(text, "<reason>").`,
  );
}

export function vaultOfNamedValueWithoutRoles(vault: string): string {
  return (
    `The key vault "${vault}" goes by access policies, and does not look at the role that the gateway gets. Write ` +
    `rbacAuthorizationEnabled: true on it, or give the gateway an access policy and write { role: AzureRole.assignedByOthers("...") }.`
  );
}
