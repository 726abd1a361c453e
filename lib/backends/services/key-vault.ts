import { AzureRole } from "../../azure/azure-role";
import { tokenResourceIn } from "../../azure/clouds/addresses";
import { endpointUrl } from "../../azure/endpoint";
import { IKeyVaultRef, requireVaultRoles, warnOfReadVault } from "../../azure/refs/key-vault";
import { PolicyDocument } from "../../policy/policy-document";
import { PolicyStatement } from "../../policy/policy-statement";
import { PolicyValue } from "../../policy/policy-value";
import { ExistsAction } from "../../policy/statements/set-header";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/**
 * See `Backend.keyVault`. The vault rejects requests without `api-version`; one that the consumer sends is kept.
 *
 * @see https://learn.microsoft.com/azure/key-vault/general/authentication-requests-and-responses
 */
export function keyVault(vault: IKeyVaultRef, options?: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.keyVault", options, {
    url: (scope) => endpointUrl(scope, vault.vaultUri),
    tokenResource: (scope) => tokenResourceIn(scope, "keyVault"),
    resource: vault,
    role: AzureRole.KEY_VAULT_SECRETS_USER,
    policy: PolicyDocument.of(
      PolicyStatement.setQueryParameter("api-version", PolicyValue.literal("7.4"), { existsAction: ExistsAction.SKIP }),
    ),
    inspect: (scope) => {
      warnOfReadVault(scope, vault);
      const audience = `Audience.uri("${tokenResourceIn(scope, "keyVault")}")`;
      requireVaultRoles(
        scope,
        vault,
        `give the gateway an access policy and write Backend.url(vault.vaultUri, ${audience})`,
      );
    },
  });
}
