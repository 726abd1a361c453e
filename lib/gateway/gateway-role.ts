import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { assignRole } from "../azure/role-assignment";
import { originalOf } from "../core/claims";
import { fail } from "../core/fail";
import { expressionOf, isToken } from "../core/tokens";
import { IApimGateway } from "./gateway";
import { GatewayBase } from "./gateway-base";
import { warnOfWiderRole } from "./role-reach";
import { assignSharedRole } from "./shared-role";

/** A role for the gateway's identity. */
export interface GatewayRole {
  readonly name: string;
  readonly resource: { readonly id: string };
  /** The part of the resource that the role is assigned on; the whole if omitted. */
  readonly roleScope?: string;
  /** Where the API sends its requests. */
  readonly url: string;
}

/**
 * Assigns a role to the gateway's identity. The same role on the same resource is assigned once in a stack, and is an error in
 * another stack: Azure refuses a second identical assignment.
 */
export function assignGatewayRole(scope: Construct, gateway: IApimGateway, role: GatewayRole): RoleAssignment {
  const { name, resource, roleScope } = role;
  const principalId = gateway.bindCaller(scope).principalId;
  const on = roleScope === undefined ? resource.id : checkedScope(scope, roleScope, resource.id);
  const whole = targetOf(Construct.isConstruct(resource) ? resource : scope, resource.id);
  const target = roleScope === undefined ? whole : targetOf(scope, on);
  const principal = gateway instanceof GatewayBase ? gateway._identityKey(scope) : principalOf(gateway, principalId);
  warnOfWiderRole(scope, { principal, role: name, on: target, resource: whole, url: targetOf(scope, role.url) });
  const assigned = { name, on, to: principalId };
  // A target that cannot be compared with others belongs to its API.
  return target === undefined
    ? assignRole(scope, "RoleAssignment", assigned)
    : assignSharedRole(scope, { principal, role: name.toLowerCase(), target }, assigned);
}

const DATA_PLANE_ID = /^\$\{azurerm_key_vault_(?:secret|key|certificate)\.[^.]+\.id\}$/;

/** The scope, if it is the resource or a part of it, and an id that a role can be assigned on. */
function checkedScope(scope: Construct, roleScope: string, resourceId: string): string {
  if (!isToken(roleScope)) {
    const [part, whole] = [roleScope, resourceId].map((id) => id.toLowerCase());
    const isWithin = isToken(resourceId) || part === whole || part.startsWith(`${whole}/`);
    if (!roleScope.startsWith("/") || !isWithin)
      fail(
        scope,
        "invalid-role-scope",
        `The roleScope "${roleScope}" is not the id of resource "${resourceId}" or of a part of it.`,
        "Write an Azure resource id that begins with the id of the resource, not a URL: resourceManagerId of a container, " +
          "resourceVersionlessId of a secret.",
      );
    return roleScope;
  }
  const expression = expressionOf(scope, roleScope);
  if (expression && DATA_PLANE_ID.test(expression))
    fail(
      scope,
      "data-plane-role-scope",
      `The roleScope ${expression} is the URL of a secret, key or certificate. No role can be assigned on it.`,
      "Write its resourceVersionlessId instead.",
    );
  return roleScope;
}

/** What identifies the identity of a custom gateway. */
function principalOf(gateway: IApimGateway, principalId: string): string {
  return isToken(principalId) ? originalOf(gateway).node.path : principalId.toLowerCase();
}

/** An expression identifies a resource only within its stack. One that is not known yet cannot be compared. */
function targetOf(seenFrom: IConstruct, on: string): string | undefined {
  if (!isToken(on)) return on.toLowerCase();
  const expression = expressionOf(seenFrom, on);
  return expression && `${TerraformStack.of(seenFrom).node.path}:${expression}`;
}
