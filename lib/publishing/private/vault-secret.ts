import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AzureRole } from "../../backends/azure-role";
import { KeyVaultRef } from "../../backends/key-vault";
import { endpointUrl } from "../../backends/private/endpoint";
import { gatewayRole } from "../../backends/private/gateway-role";
import { lookAtRoles } from "../../backends/private/vault-roles";
import { checkName, NAME_RULES } from "../../core/names";
import { IApimGateway } from "../../gateway/gateway";

/** A secret by its name in a vault: neither its value nor its version is known here. */
export class VaultSecret {
  /** The address of the newest version. */
  public readonly id: string;

  constructor(
    private readonly scope: Construct,
    private readonly vault: KeyVaultRef,
    private readonly name: string,
  ) {
    checkName(scope, NAME_RULES.vaultSecret, name);
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
    `rbacAuthorizationEnabled: true on it, or give the gateway an access policy and write { role: AzureRole.assignedByOthers("...") }.`
  );
}
