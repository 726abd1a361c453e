import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { ApiManagementNamedValueValueFromKeyVault } from "@cdktf/provider-azurerm/lib/api-management-named-value";
import { AzureRole, checkedRole } from "../azure/azure-role";
import { IKeyVaultRef, requireVaultRoles } from "../azure/refs/key-vault";
import { fail } from "../core/fail";
import { announce } from "../core/reason";
import { isToken } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { signsOfSecret } from "../core/signs-of-secret";
import { serviceEndpoint } from "../azure/clouds/addresses";
import { AZURE_NAMES } from "../azure/names";
import { checkName } from "../core/names";
import { assignGatewayRole } from "../gateway/gateway-role";
import { requireGiven, requireText } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";

/** The attributes of the resource, and what must exist before it. */
interface WrittenContent {
  readonly value?: string;
  readonly secret: boolean;
  readonly valueFromKeyVault?: ApiManagementNamedValueValueFromKeyVault;
  /** The role with which the gateway reads the secret. */
  readonly roleAssignment?: RoleAssignment;
}

/** How the gateway gets access to a secret. */
export interface KeyVaultSecretOptions {
  /**
   * The role that the gateway's identity gets on the secret.
   *
   * @default AzureRole.KEY_VAULT_SECRETS_USER
   */
  readonly role?: AzureRole;
}

/** The names of its properties. */
const KEY_VAULT_SECRET_OPTIONS: PropertyNames<KeyVaultSecretOptions> = { role: true };

/** The content of a named value. */
export class NamedValueContent {
  /**
   * A secret in a key vault that uses Azure roles. The gateway reads it with its identity, which gets a role on only that secret. API
   * Management uses the newest version and looks for a new one every four hours. Terraform never sees the value.
   *
   * The secret must exist. API Management reads it as soon as the named value is created, possibly before the role takes effect: if it
   * reports that access is denied, apply again after a few minutes.
   *
   * @param vault the key vault, yours or an existing one
   * @param secretName name of the secret; if it is the `name` of your `KeyVaultSecret` object, Terraform creates the secret first
   * @param options another role, or that the role is managed elsewhere
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-properties#key-vault-secrets
   */
  public static keyVaultSecret(
    vault: IKeyVaultRef,
    secretName: string,
    options?: KeyVaultSecretOptions,
  ): NamedValueContent {
    const role = options?.role ?? AzureRole.KEY_VAULT_SECRETS_USER;
    const call = "NamedValueContent.keyVaultSecret";
    requireOnly(call, call, options ?? {}, {
      names: KEY_VAULT_SECRET_OPTIONS,
      example: `${call}(vault, "...", { role })`,
    });
    return new NamedValueContent((scope, gateway) => {
      checkName(scope, AZURE_NAMES.vaultSecret, secretName);
      requireGiven(scope, vault, {
        name: "vault",
        texts: ["id", "vaultUri"],
        example: "your KeyVault object, or KeyVaultRef.fromAttributes({ id, vaultUri })",
      });
      // Why: docs/design/decisions.md#no-subscriptions
      const secretId = `${serviceEndpoint(scope, vault.vaultUri, "keyVault")}/secrets/${secretName}`;
      const identityClientId = gateway.identity._userAssigned?.clientId;
      const content = { secret: true, valueFromKeyVault: { secretId, identityClientId } };
      const roleName = checkedRole(scope, role)._bind(scope);
      if (roleName === undefined) return content;
      requireVaultRoles(
        scope,
        vault,
        'give the gateway an access policy and write { role: AzureRole.managedElsewhere("...") }',
      );
      const secret = { name: roleName, resource: vault, roleScope: `${vault.id}/secrets/${secretName}`, url: secretId };
      return { ...content, roleAssignment: assignGatewayRole(scope, gateway, secret) };
    });
  }

  /**
   * A text that is not a secret: it can be read in the Terraform state and in API Management. A text that looks like a secret is an
   * error, whether by its form, its origin or the name of the named value.
   *
   * @param text 1 to 4096 characters; it may be a policy expression
   */
  public static plain(text: string): NamedValueContent {
    return new NamedValueContent((scope, _gateway, name) => {
      const signs = signsOfSecret(scope, name, checkedText(scope, name, text));
      if (signs !== undefined)
        fail(
          scope,
          "plain-secret",
          `Plain named value "${name}" seems to contain a secret: ${signs}. It would be readable in the Terraform state and in API Management.`,
          'Store it in a key vault: NamedValueContent.keyVaultSecret(vault, "..."). If it is not a secret, write ' +
            'NamedValueContent.plainAcknowledged(text, "<reason>").',
        );
      return plain(scope, name, text);
    });
  }

  /**
   * A text that looks like a secret but is not.
   *
   * @param text 1 to 4096 characters; it may be a policy expression
   * @param reason why anyone may read it; shown at synth
   */
  public static plainAcknowledged(text: string, reason: string): NamedValueContent {
    return new NamedValueContent((scope, _gateway, name) => {
      const what = `Named value "${name}" is readable by anyone who can read the Terraform state`;
      const call = "NamedValueContent.plainAcknowledged";
      announce(scope, what, call, reason, [`${call}("...", `, ")"]);
      return plain(scope, name, text);
    });
  }

  private constructor(
    private readonly write: (scope: Construct, gateway: IApimGateway, name: string) => WrittenContent,
  ) {}

  /** @internal */
  public _write(scope: Construct, gateway: IApimGateway, name: string): WrittenContent {
    return this.write(scope, gateway, name);
  }
}

function plain(scope: Construct, name: string, text: string): WrittenContent {
  const isEmpty = checkedText(scope, name, text).trim() === "";
  if (!isToken(text) && (isEmpty || text.length > 4096))
    fail(
      scope,
      "named-value-length",
      `Named value "${name}" ${isEmpty ? "is empty" : `has ${text.length} characters`}.`,
      "Write a text of 1 to 4096 characters that are not all spaces.",
    );
  return { value: text, secret: false };
}

function checkedText(scope: Construct, name: string, text: string): string {
  return requireText(scope, `text of named value "${name}"`, text, 'NamedValueContent.plain("...")');
}
