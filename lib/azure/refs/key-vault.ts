import { requireAttributes } from "../../core/given";
import { Construct } from "constructs";
import { finding } from "../../core/fail";
import { checkUserResource, warnOfData } from "../user-resource";

/** A key vault: a `KeyVault` or `DataAzurermKeyVault` of the azurerm bindings, or `KeyVaultRef.fromAttributes`. */
export interface IKeyVaultRef {
  /** Azure resource ID of the vault. */
  readonly id: string;

  /** `https://` address of the vault. */
  readonly vaultUri: string;
}

/** Attributes of a key vault. */
export interface KeyVaultRefAttributes {
  /** Azure resource ID of the vault. */
  readonly id: string;

  /** `https://` address of the vault. */
  readonly vaultUri: string;
}

/** A key vault by its attributes. */
export class KeyVaultRef implements IKeyVaultRef {
  /**
   * Refers to a key vault by its attributes. If this app declares it, pass the object instead. Its settings cannot be
   * checked, and a warning at synth says which.
   */
  public static fromAttributes(attributes: KeyVaultRefAttributes): IKeyVaultRef {
    const { id, vaultUri } = requireAttributes("KeyVaultRef", attributes, ["id", "vaultUri"]);
    return new KeyVaultRef(id, vaultUri);
  }

  private constructor(
    public readonly id: string,
    public readonly vaultUri: string,
  ) {}
}

/**
 * Requires at synth that the firewall of the user's key vault is off: through a firewall, API Management reads certificates only with its
 * system-assigned identity.
 *
 * @see https://learn.microsoft.com/azure/api-management/configure-custom-domain#requirements-for-key-vault-firewall
 */
export function requireReachableVault(scope: Construct, vault: IKeyVaultRef): void {
  const notChecked =
    "whether the firewall of the key vault is off, as certificates for a user-assigned identity require";
  checkUserResource(scope, vault, "azurerm_key_vault", notChecked, (attributes, resource) => {
    const acls: { readonly default_action?: unknown } = [attributes.network_acls ?? {}].flat()[0];
    if (acls.default_action !== "Deny" && attributes.public_network_access_enabled !== false) return undefined;
    return finding(
      "vault-firewall-with-user-assigned-identity",
      `The firewall of key vault "${resource.node.path}" is on. API Management then reads certificates only with its system-assigned ` +
        `identity, but the gateway calls backends with a user-assigned one.`,
      "Set identity: GatewayIdentity.SYSTEM_ASSIGNED on the gateway, or keep the certificate in a key vault without a firewall.",
    );
  });
}

const USES_ROLES = "whether the key vault uses Azure roles";

/** Warns that a key vault from a data source may not use Azure roles. A role assignment would then have no effect. */
export function warnOfReadVault(scope: Construct, vault: IKeyVaultRef): void {
  warnOfData(scope, vault, ["azurerm_key_vault"], USES_ROLES);
}

/**
 * Requires at synth that the user's key vault uses Azure roles.
 *
 * @param otherwise what to write for a vault that keeps its access policies
 */
export function requireVaultRoles(scope: Construct, vault: IKeyVaultRef, otherwise: string): void {
  checkUserResource(scope, vault, "azurerm_key_vault", USES_ROLES, (attributes, resource) => {
    const usesRoles = attributes.rbac_authorization_enabled ?? attributes.enable_rbac_authorization ?? false;
    if (usesRoles !== false) return undefined;
    return finding(
      "vault-without-roles",
      `Key vault "${resource.node.path}" uses access policies, so a role assignment on it has no effect.`,
      `Set rbacAuthorizationEnabled: true on it, or ${otherwise}.`,
    );
  });
}
