import { IKeyVaultRef } from "../azure/refs/key-vault";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AzureRole } from "../azure/azure-role";
import { endpointUrl } from "../azure/endpoint";
import { gatewayRole } from "../gateway/gateway-role";
import { lookAtRoles } from "../azure/vault-roles";
import { checkName } from "../core/names";
import { AZURE_NAMES } from "../azure/names";
import { IApimGateway } from "../gateway/gateway";
import { ApiManagementNamedValueValueFromKeyVault } from "@cdktf/provider-azurerm/lib/api-management-named-value";
import { announce } from "../core/reason";
import { isToken } from "../core/tokens";
import { looksSecret } from "./secret-looks";
import { fail } from "../core/fail";

/** A secret by its name in a vault: neither its value nor its version is known here. */
export class VaultSecret {
  /** The address of the newest version. */
  public readonly id: string;

  constructor(
    private readonly scope: Construct,
    private readonly vault: IKeyVaultRef,
    private readonly name: string,
  ) {
    checkName(scope, AZURE_NAMES.vaultSecret, name);
    this.id = `${endpointUrl(vault.vaultUri)}/secrets/${name}`;
  }

  /** Gives the gateway's identity the role on this secret alone, and says what to wait for. */
  public letIn(gateway: IApimGateway, role: AzureRole): ITerraformDependable[] {
    const { scope, vault } = this;
    const name = role._bind(scope);
    if (name === undefined) return [];
    lookAtRoles(scope, vault, vaultOfNamedValueWithoutRoles);
    const roleScope = `${vault.id}/secrets/${this.name}`;
    return [gatewayRole(scope, gateway, { name, resource: vault, roleScope, url: this.id })];
  }
}

export function vaultOfNamedValueWithoutRoles(vault: string): string {
  return (
    `The key vault "${vault}" goes by access policies, and does not look at the role that the gateway gets. Write ` +
    `rbacAuthorizationEnabled: true on it, or give the gateway an access policy and write { role: AzureRole.managedElsewhere("...") }.`
  );
}

/** What the resource takes of it, and what must exist before. */
interface WrittenContent {
  readonly value?: string;
  readonly secret: boolean;
  readonly valueFromKeyVault?: ApiManagementNamedValueValueFromKeyVault;
  readonly ready: ITerraformDependable[];
}

/** How the gateway is let in to a secret. */
export interface KeyVaultSecretOptions {
  /**
   * The role that the gateway's identity gets on the secret.
   *
   * @default AzureRole.KEY_VAULT_SECRETS_USER
   */
  readonly role?: AzureRole;
}

/** What a named value holds. */
export class NamedValueContent {
  /**
   * A secret of a key vault that goes by roles, read by the gateway with its identity, which gets a role on that secret alone. The
   * newest version counts: API Management looks for one every four hours. Terraform never sees the value.
   *
   * The secret must exist. API Management reads it as soon as the named value is made, when Azure may not know the role yet: if it
   * answers that access is denied, apply again after some minutes.
   *
   * @param vault the key vault, yours or one that exists
   * @param secretName name of the secret; with the `name` of your `KeyVaultSecret` object Terraform makes that first
   * @param options another role, or somebody else who assigns it
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-properties#key-vault-secrets
   */
  public static keyVaultSecret(
    vault: IKeyVaultRef,
    secretName: string,
    options?: KeyVaultSecretOptions,
  ): NamedValueContent {
    const role = options?.role ?? AzureRole.KEY_VAULT_SECRETS_USER;
    return new NamedValueContent((scope, gateway) => {
      const secret = new VaultSecret(scope, vault, secretName);
      return {
        secret: true,
        valueFromKeyVault: { secretId: secret.id, identityClientId: gateway.identity._userAssigned?.clientId },
        ready: secret.letIn(gateway, role),
      };
    });
  }

  /**
   * A text that is no secret: it can be read in the Terraform state and in API Management. One that looks like a secret, by what it
   * is, by where it comes from or by the name that it gets, is refused.
   *
   * @param text 1 to 4096 characters; it may be a policy expression
   */
  public static plain(text: string): NamedValueContent {
    return new NamedValueContent((scope, _gateway, name) => {
      const looks = looksSecret(scope, name, text);
      if (looks !== undefined)
        fail(
          scope,
          "plain-secret",
          `The plain named value "${name}" looks like a secret, ${looks}, and would be readable in the Terraform state and in API ` +
            `Management. Keep it in a key vault: NamedValueContent.keyVaultSecret(vault, "..."). If it is no secret, write ` +
            `NamedValueContent.plainAcknowledged(text, "<reason>").`,
        );
      return plain(scope, name, text);
    });
  }

  /**
   * A text that looks like a secret, and is none.
   *
   * @param text 1 to 4096 characters; it may be a policy expression
   * @param reason why it may be read by everybody; shown at synthesis
   */
  public static plainAcknowledged(text: string, reason: string): NamedValueContent {
    return new NamedValueContent((scope, _gateway, name) => {
      const what = `The named value "${name}" is readable for everybody who reads the state`;
      announce(scope, what, "NamedValueContent.plainAcknowledged", reason, '"...", ');
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

const MAX_LENGTH = 4096;

function plain(scope: Construct, name: string, text: string): WrittenContent {
  if (!isToken(text) && (text.trim() === "" || text.length > MAX_LENGTH)) {
    namedValueLength(scope, name, text.trim() === "" ? 0 : text.length);
  }
  return { value: text, secret: false, ready: [] };
}

export function namedValueLength(scope: Construct, name: string, length: number): never {
  const given = length === 0 ? "is empty" : `has ${length} characters`;
  fail(
    scope,
    "named-value-length",
    `The named value "${name}" ${given}. Write a text of 1 to 4096 characters that are not all spaces.`,
  );
}
