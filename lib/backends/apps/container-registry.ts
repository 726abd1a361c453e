import { Construct } from "constructs";
import { checkAddressInCloud } from "../../azure/clouds/addresses";
import { IUserAssignedIdentityRef } from "../../azure/refs/user-assigned-identity";
import { requireGiven } from "../../core/given";
import { requireOnly } from "../../core/property-names";

/** A private container registry that Azure reads with an identity, without a password. */
export interface ContainerRegistryAccess {
  /** Host name of the registry, for example `contoso.azurecr.io`. */
  readonly server: string;

  /** An identity that already has the role `AcrPull` on it. With a role assigned later, the app could not start. */
  readonly identity: IUserAssignedIdentityRef;
}

/** The registry, if it is one. */
export function checkedRegistry(scope: Construct, registry: ContainerRegistryAccess): ContainerRegistryAccess {
  const example =
    'registry: { server: "contoso.azurecr.io", identity }, where identity is your UserAssignedIdentity object';
  const { identity } = requireGiven(scope, registry, {
    name: "registry",
    has: ["identity"],
    texts: ["server"],
    example,
  });
  requireOnly(scope, "registry", registry, { names: { server: true, identity: true }, example });
  checkAddressInCloud(scope, "The registry", `https://${registry.server}`);
  requireGiven(scope, identity, { name: "identity in registry", texts: ["id"], example });
  return registry;
}
