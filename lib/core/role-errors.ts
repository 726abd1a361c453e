import { Construct } from "constructs";

/* Every message about the Azure roles of a gateway's identity. */

/** A role, and the API that asks for it. */
export interface RoleOfApi {
  readonly api: string;
  readonly role: string;
}

export function roleLimitsNothing(part: RoleOfApi, more: RoleOfApi): string {
  return (
    `The roles of one identity add up: it has the role "${part.role}" for "${part.api}" on a part alone, but the role ` +
    `"${more.role}" for "${more.api}" on more than that part, and consumers of either API can do there what this allows. Write ` +
    `a narrower roleScope (scope of Backend.azureResource) at "${more.api}", or another gateway, with an identity of its own, ` +
    `at "${part.api}".`
  );
}

export function roleOfOtherStack(scope: Construct, role: string, first: string, stack: string): Error {
  return new Error(
    `[${scope.node.path}] The role "${role}" on the same resource is in the stack "${stack}" already, for "${first}": taking that ` +
      `API out, or making it later, would move the role from one state to another. Assign it once beside the resource, to the ` +
      `principalId of the gateway, and write role: AzureRole.assignedByOthers("...") at the APIs of other stacks.`,
  );
}
