import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { assignRole } from "../azure/role-assignment";
import { fail } from "../core/fail";
import { stateOf } from "../core/state";

const ID = "SecureApimBackendRoles";

/** What identifies a role assignment: texts without tokens, which begin with the stack where they need one. */
export interface RoleKey {
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
 */
export function assignSharedRole(
  scope: Construct,
  key: RoleKey,
  role: Parameters<typeof assignRole>[2],
): RoleAssignment {
  const assigned = stateOf(scope.node.root, "shared-roles", () => new Map<string, SharedRole>());
  const text = JSON.stringify([key.principal, key.role, key.target]);
  const before = assigned.get(text);
  if (before) return ofThisStack(scope, before, role.name);

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
      `Assign the role once, beside the resource, to the principalId of the gateway. On the APIs of other stacks, set ` +
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
  return local.replace(/[${}]/g, "");
}
