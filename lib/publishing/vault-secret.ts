import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AzureRole } from "../azure/azure-role";
import { endpointUrl } from "../azure/endpoint";
import { AZURE_NAMES } from "../azure/names";
import { IKeyVaultRef } from "../azure/refs/key-vault";
import { requireVaultRoles } from "../azure/vault-roles";
import { checkName } from "../core/names";
import { IApimGateway } from "../gateway/gateway";
import { assignGatewayRole } from "../gateway/gateway-role";

/** A secret in a key vault. Only its name is known, neither its value nor its version. */
export class VaultSecret {
  /** The URL of the newest version. */
  public readonly url: string;

  constructor(
    private readonly scope: Construct,
    private readonly vault: IKeyVaultRef,
    private readonly name: string,
  ) {
    checkName(scope, AZURE_NAMES.vaultSecret, name);
    this.url = `${endpointUrl(vault.vaultUri)}/secrets/${name}`;
  }

  /** Assigns the role on this secret to the gateway's identity. Returns what must exist before the gateway can read the secret. */
  public grantAccess(gateway: IApimGateway, role: AzureRole): ITerraformDependable[] {
    const { scope, vault } = this;
    const name = role._bind(scope);
    if (name === undefined) return [];
    requireVaultRoles(
      scope,
      vault,
      'give the gateway an access policy and write { role: AzureRole.managedElsewhere("...") }',
    );
    const roleScope = `${vault.id}/secrets/${this.name}`;
    return [assignGatewayRole(scope, gateway, { name, resource: vault, roleScope, url: this.url })];
  }
}
