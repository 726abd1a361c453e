import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { assignRole } from "../azure/azure-role";
import { originalOf } from "../core/claims";
import { fail } from "../core/fail";
import { lostBy } from "../core/removed";
import { stateOf } from "../core/state";
import { expressionOf, identityOf, isToken } from "../core/tokens";
import { identitiesOf } from "../entra/caller";
import { IApimGateway } from "./gateway";
import { GatewayBase } from "./gateway-base";
import { warnOfWiderRole } from "./role-reach";

interface GatewayRole {
  readonly name: string;
  readonly resource: { readonly id: string };
  /** The part of the resource that the role is assigned on; the whole if omitted. */
  readonly roleScope?: string;
  /** Where the API sends its requests. */
  readonly url: string;
}

/**
 * Assigns a role to the gateway's identity, and to those that are granted the same. The same role on the same resource is assigned once
 * in a stack, and is an error in another stack: Azure refuses a second identical assignment. Returns the assignment of the identity
 * that the gateway calls with.
 */
export function assignGatewayRole(scope: Construct, gateway: IApimGateway, role: GatewayRole): RoleAssignment {
  const { name, resource, roleScope } = role;
  const on = roleScope === undefined ? resource.id : checkedScope(scope, roleScope, resource.id);
  const whole = targetOf(Construct.isConstruct(resource) ? resource : scope, resource.id);
  const target = roleScope === undefined ? whole : targetOf(scope, on);
  const url = targetOf(scope, role.url);
  const [assignment] = principalsOf(gateway, scope).map(({ principal, principalId, id }) => {
    warnOfWiderRole(scope, { principal, role: name, on: target, resource: whole, url });
    const assigned = { name, on, to: principalId };
    // A target that cannot be compared with others belongs to its API.
    return target === undefined
      ? assignRole(scope, id, assigned)
      : assignSharedRole(scope, { principal, role: name.toLowerCase(), target }, assigned);
  });
  return assignment;
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
        `The roleScope "${roleScope}" is neither the resource ID "${resourceId}" nor the ID of a part of that resource.`,
        "Write an Azure resource ID that begins with the ID of the resource, not a URL: for example resourceManagerId of a container, " +
          "or resourceVersionlessId of a secret.",
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

/** An identity of a gateway. Its key and its construct id stay the same when the gateway begins or ceases to call with it. */
interface Principal {
  readonly principal: string;
  readonly principalId: string;
  readonly id: string;
}

function principalsOf(gateway: IApimGateway, scope: Construct): Principal[] {
  const keys = gateway instanceof GatewayBase ? gateway._identityKeys(scope) : [];
  return identitiesOf(gateway.bindCaller(scope)).map(({ principalId, clientId, label }, index) => ({
    principal: keys[index] ?? principalOf(gateway, principalId, index === 0 ? "" : `/${label}`),
    principalId,
    id: clientId === undefined ? "RoleAssignment" : `RoleAssignment-${label}`,
  }));
}

function principalOf(gateway: IApimGateway, principalId: string, suffix: string): string {
  return isToken(principalId) ? `${originalOf(gateway).node.path}${suffix}` : principalId.toLowerCase();
}

/** An expression identifies a resource only within its stack. One that is not known yet cannot be compared. */
function targetOf(seenFrom: IConstruct, on: string): string | undefined {
  if (!isToken(on)) return on.toLowerCase();
  const expression = identityOf(seenFrom, on);
  return expression && `${TerraformStack.of(seenFrom).node.path}:${expression}`;
}

const ID = "SecureApimBackendRoles";

/** What identifies a role assignment: texts without tokens, which begin with the stack where they need one. */
interface RoleKey {
  readonly principal: string;
  readonly role: string;
  readonly target: string;
}

interface SharedRole {
  readonly assignment: RoleAssignment;
  readonly askedBy: string;
}

/**
 * Assigns a role once in a stack, for all APIs that need it. The assignment belongs to no API, so its address does not change when
 * an API is removed or comes first.
 *
 * @see docs/design/decisions.md#one-role-assignment
 */
function assignSharedRole(scope: Construct, key: RoleKey, role: Parameters<typeof assignRole>[2]): RoleAssignment {
  const assigned = stateOf(scope.node.root, "shared-roles", () => new Map<string, SharedRole>());
  const text = JSON.stringify([key.principal, key.role, key.target]);
  const before = assigned.get(text);
  if (before && lostBy(before.assignment) === undefined) return ofThisStack(scope, before, role.name);

  const stack = TerraformStack.of(scope);
  const home = child(child(child(stack, ID), nameOf(stack, key.principal)), key.role);
  const assignment = assignRole(home, nameOf(stack, key.target), role);
  assigned.set(text, { assignment, askedBy: scope.node.path });
  return assignment;
}

/** Two stacks cannot share an assignment: it would be in the state of the stack whose API comes first. */
function ofThisStack(scope: Construct, { assignment, askedBy }: SharedRole, role: string): RoleAssignment {
  const stack = TerraformStack.of(assignment);
  if (stack !== TerraformStack.of(scope))
    fail(
      scope,
      "role-of-other-stack",
      `Stack "${stack.node.path}" already assigns the role "${role}" on the same resource, for "${askedBy}". If that API is removed, or ` +
        `created later, the assignment would move from one state to another.`,
      `Assign the role once, in the stack of the resource, to the principalId of the gateway. On the APIs of other stacks, set ` +
        `role: AzureRole.managedElsewhere("...").`,
    );
  return assignment;
}

function child(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}

/** Names in the same stack omit it, so that renaming the stack renames nothing else. */
function nameOf(stack: TerraformStack, text: string): string {
  const { path } = stack.node;
  const local = text.startsWith(`${path}/`) || text.startsWith(`${path}:`) ? text.slice(path.length + 1) : text;
  return local.replace(/[${}<>]/g, "");
}
