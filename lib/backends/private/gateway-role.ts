import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { originalOf } from "../../core/claims";
import { expressionOf, isToken } from "../../core/tokens";
import { IApimGateway } from "../../gateway/gateway";
import { GatewayBase } from "../../gateway/private/gateway-base";
import { assignRole } from "./role";
import { sharedRole } from "./role-home";
import { compareReach } from "./role-reach";
import { fail } from "../../core/fail";

/** What the gateway's identity is to be let in to. */
export interface GatewayRole {
  readonly name: string;
  readonly resource: { readonly id: string };
  /** What the role is assigned on, where it is not the whole resource. */
  readonly roleScope?: string;
  /** Where the API's requests go. */
  readonly url: string;
}

/**
 * Gives the gateway's identity a role. The same role on the same resource is assigned once in a stack, by the first who asks,
 * and refused to other stacks: Azure refuses a second identical assignment.
 */
export function gatewayRole(scope: Construct, gateway: IApimGateway, role: GatewayRole): RoleAssignment {
  const { name, resource, roleScope } = role;
  const principalId = gateway.bindCaller(scope).principalId;
  const on = roleScope === undefined ? resource.id : checkedScope(scope, roleScope, resource.id);
  const whole = targetOf(Construct.isConstruct(resource) ? resource : scope, resource.id);
  const target = roleScope === undefined ? whole : targetOf(scope, on);
  const principal = gateway instanceof GatewayBase ? gateway._identityKey(scope) : principalOf(gateway, principalId);
  compareReach(scope, { principal, role: name, on: target, resource: whole, url: targetOf(scope, role.url) });
  const assigned = { name, on, to: principalId };
  // What cannot be compared with others has its place under its API.
  return target === undefined
    ? assignRole(scope, "RoleAssignment", assigned)
    : sharedRole(scope, { principal, role: name.toLowerCase(), target }, assigned);
}

const DATA_PLANE_ID = /^\$\{azurerm_key_vault_(?:secret|key|certificate)\.[^.]+\.id\}$/;

/** A part of the resource, and by the id that a role can be assigned on. */
function checkedScope(scope: Construct, roleScope: string, resourceId: string): string {
  if (!isToken(roleScope)) {
    const [part, whole] = [roleScope, resourceId].map((id) => id.toLowerCase());
    const within = isToken(resourceId) || part === whole || part.startsWith(`${whole}/`);
    if (!roleScope.startsWith("/") || !within) fail(scope, "invalid-role-scope", `The roleScope "${roleScope}" is not the id of the resource "${resourceId}", or of a part of it. Write an Azure resource id that ` +
          `begins with it: resourceManagerId of a container, resourceVersionlessId of a secret, not its URL.`);
    return roleScope;
  }
  const expression = expressionOf(scope, roleScope);
  if (expression && DATA_PLANE_ID.test(expression)) fail(scope, "data-plane-role-scope", `The roleScope ${expression} is the URL of a secret or key, on which no role can be assigned. ` +
        `Write its resourceVersionlessId instead.`);
  return roleScope;
}

/** Whose identity a gateway of the user's own kind has. */
function principalOf(gateway: IApimGateway, principalId: string): string {
  return isToken(principalId) ? originalOf(gateway).node.path : principalId.toLowerCase();
}

/** An expression names the same resource only within its stack; one that cannot be known yet is compared with none. */
function targetOf(seenFrom: IConstruct, on: string): string | undefined {
  if (!isToken(on)) return on.toLowerCase();
  const expression = expressionOf(seenFrom, on);
  return expression && `${TerraformStack.of(seenFrom).node.path}:${expression}`;
}
