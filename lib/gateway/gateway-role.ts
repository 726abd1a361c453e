import { TerraformStack, Annotations } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { assignRole } from "../azure/role-assignment";
import { fail, finding } from "../core/fail";
import { originalOf } from "../core/claims";
import { expressionOf, isToken } from "../core/tokens";
import { IApimGateway } from "./gateway";
import { GatewayBase } from "./gateway-base";

const ID = "SecureApimBackendRoles";

/** A role assignment by what tells it from all others: texts that hold no token, and begin with the stack where they need one. */
export interface RoleKey {
  readonly principal: string;
  readonly role: string;
  readonly target: string;
}

interface SharedRole {
  readonly assignment: RoleAssignment;
  readonly askedBy: string;
}

const roles = new WeakMap<IConstruct, Map<string, SharedRole>>();

/**
 * The assignment that all APIs of a stack share, made for the first who asks. Its place in the stack is that of no API: it
 * stays where it is when an API is taken out or comes first.
 */
export function sharedRole(scope: Construct, key: RoleKey, role: Parameters<typeof assignRole>[2]): RoleAssignment {
  const { root } = scope.node;
  const made = roles.get(root) ?? new Map<string, SharedRole>();
  roles.set(root, made);
  const text = JSON.stringify([key.principal, key.role, key.target]);
  const before = made.get(text);
  if (before) return ofThisStack(scope, before, role.name);

  const stack = TerraformStack.of(scope);
  const home = child(child(child(stack, ID), nameOf(stack, key.principal)), key.role);
  const assignment = assignRole(home, nameOf(stack, key.target), role);
  made.set(text, { assignment, askedBy: scope.node.path });
  return assignment;
}

/** What two stacks shared would be in the state of the one whose API comes first. */
function ofThisStack(scope: Construct, { assignment, askedBy }: SharedRole, role: string): RoleAssignment {
  const there = TerraformStack.of(assignment);
  if (there !== TerraformStack.of(scope))
    fail(
      undefined,
      "role-of-other-stack",
      `[${scope.node.path}] The role "${role}" on the same resource is in the stack "${there.node.path}" already, for "${askedBy}": taking that ` +
        `API out, or making it later, would move the role from one state to another. Assign it once beside the resource, to the ` +
        `principalId of the gateway, and write role: AzureRole.managedElsewhere("...") at the APIs of other stacks.`,
    );
  return assignment;
}

function child(parent: Construct, id: string): Construct {
  return (parent.node.tryFindChild(id) as Construct | undefined) ?? new Construct(parent, id);
}

/** What stands in the same stack is named without it, so that renaming the stack renames nothing else. */
function nameOf(stack: TerraformStack, text: string): string {
  const { path } = stack.node;
  const local = text.startsWith(`${path}/`) || text.startsWith(`${path}:`) ? text.slice(path.length + 1) : text;
  return local.replace(/[${}]/g, "");
}

/** How far a role reaches that an API gives to the gateway's identity. What is not known yet is left out. */
export interface RoleReach {
  /** Whose role it is. */
  readonly principal: string;
  readonly role: string;
  /** What it is assigned on. */
  readonly on?: string;
  /** The whole of which that is a part, or the same. */
  readonly resource?: string;
  /** Where the API's requests go. */
  readonly url?: string;
}

const reaches = new WeakMap<IConstruct, { readonly scope: Construct; readonly reach: RoleReach }[]>();

/** Warns where a role on a part is of no effect, since the same identity has one on more for another API. */
export function compareReach(scope: Construct, reach: RoleReach): void {
  const { root } = scope.node;
  const known = reaches.get(root) ?? [];
  reaches.set(root, known);
  const added = { scope, reach };
  for (const other of known) {
    for (const [part, more] of [
      [added, other],
      [other, added],
    ]) {
      if (!addsUp(part.reach, more.reach)) continue;
      const [partOfApi, moreOfApi] = [part, more].map((each) => ({ api: each.scope.node.path, role: each.reach.role }));
      Annotations.of(part.scope).addWarning(
        finding(
          "role-limits-nothing",
          `The roles of one identity add up: it has the role "${partOfApi.role}" for "${partOfApi.api}" on a part alone, but the role ` +
            `"${moreOfApi.role}" for "${moreOfApi.api}" on more than that part, and consumers of either API can do there what this allows. Write ` +
            `a narrower roleScope (scope of Backend.azureResource) at "${moreOfApi.api}", or another gateway, with an identity of its own, ` +
            `at "${partOfApi.api}".`,
        ),
      );
    }
  }
  known.push(added);
}

/** Whether a role on more certainly counts for the API that has one on a part: it is the same role, or for the same address. */
function addsUp(part: RoleReach, more: RoleReach): boolean {
  if (part.principal !== more.principal || !reachesBeyond(part, more)) return false;
  const sameRole = part.role.toLowerCase() === more.role.toLowerCase();
  return sameRole || (part.url !== undefined && part.url === more.url);
}

/** By the id itself, which begins with that of the whole, or by the resource of which it is said to be a part. */
function reachesBeyond({ on, resource }: RoleReach, more: RoleReach): boolean {
  if (on === undefined || more.on === undefined || on === more.on) return false;
  return [on, resource].some((id) => id === more.on || id?.startsWith(`${more.on}/`));
}

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
    if (!roleScope.startsWith("/") || !within)
      fail(
        scope,
        "invalid-role-scope",
        `The roleScope "${roleScope}" is not the id of the resource "${resourceId}", or of a part of it. Write an Azure resource id that ` +
          `begins with it: resourceManagerId of a container, resourceVersionlessId of a secret, not its URL.`,
      );
    return roleScope;
  }
  const expression = expressionOf(scope, roleScope);
  if (expression && DATA_PLANE_ID.test(expression))
    fail(
      scope,
      "data-plane-role-scope",
      `The roleScope ${expression} is the URL of a secret or key, on which no role can be assigned. ` +
        `Write its resourceVersionlessId instead.`,
    );
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
