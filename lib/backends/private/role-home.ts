import { TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { assignRole } from "./role";
import { fail } from "../../core/fail";

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
  if (there !== TerraformStack.of(scope)) fail(undefined, "role-of-other-stack", `[${scope.node.path}] The role "${role}" on the same resource is in the stack "${there.node.path}" already, for "${askedBy}": taking that ` +
        `API out, or making it later, would move the role from one state to another. Assign it once beside the resource, to the ` +
        `principalId of the gateway, and write role: AzureRole.assignedByOthers("...") at the APIs of other stacks.`);
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
