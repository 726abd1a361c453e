import { IKeyVaultRef } from "../../azure/refs/key-vault";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statements";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/exists-action";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { endpointUrl } from "../../azure/endpoint";
import { lookAtRoles } from "../../azure/vault-roles";

/**
 * See `Backend.keyVault`. The vault refuses requests without `api-version`; a consumer that names one is left to it.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
 */
export function keyVault(vault: IKeyVaultRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.keyVault", {
    url: () => endpointUrl(vault.vaultUri),
    tokenResource: "https://vault.azure.net",
    resource: vault,
    role: options.role ?? AzureRole.KEY_VAULT_SECRETS_USER,
    roleScope: options.roleScope,
    policy: PolicyDocument.of(
      PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("7.4"), {
        existsAction: ExistsAction.SKIP,
      }),
    ),
    inspect: (scope) => lookAtRoles(scope, vault, vaultWithoutRoles),
  });
}
// Policy
// Entra ID
// Callers of an API

export function vaultWithoutRoles(vault: string): string {
  return (
    `The key vault "${vault}" goes by access policies, and does not look at the role that the gateway gets. Write ` +
    `rbacAuthorizationEnabled: true on it, or give the gateway an access policy and write ` +
    `Backend.url(vault.vaultUri, Audience.uri("https://vault.azure.net")).`
  );
}
