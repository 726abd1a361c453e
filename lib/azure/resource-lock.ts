import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { fail } from "../core/fail";
import { requireGiven, requireMember } from "../core/given";
import { checkName } from "../core/names";
import { requireOnly } from "../core/property-names";
import { asWritten } from "../core/terraform-template";
import { AZURE_NAMES } from "./names";

/**
 * What a lock prevents. `ReadOnly` is not among them: to read an app, azurerm sends POST requests, which Azure refuses under such a lock,
 * so every later plan would fail.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources#considerations-before-applying-your-locks
 */
export enum LockKind {
  /** Nobody can delete the resource, or what belongs to it, such as a slot or a diagnostic setting. */
  CAN_NOT_DELETE = "CanNotDelete",
}

/**
 * A lock on a resource. It has the properties of `lock` in Azure Verified Modules. Terraform creates it after the resource, and
 * destroys it before the resource; the deploying identity needs `Microsoft.Authorization/locks/*`. To remove a slot, a diagnostic setting
 * or the connection to a virtual network from a locked app, remove the lock in an apply before.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources
 */
export interface ResourceLock {
  /** What the lock prevents. */
  readonly kind: LockKind;

  /**
   * Name of the lock.
   *
   * @default - "lock-" and the kind
   */
  readonly name?: string;
}

/**
 * Locks a resource.
 *
 * @param locked what the lock covers, and Azure would not delete while it exists
 */
export function createLock(
  scope: Construct,
  lock: ResourceLock,
  resourceId: string,
  locked: readonly TerraformResource[],
): ManagementLock {
  const example = "lock: { kind: LockKind.CAN_NOT_DELETE }";
  const { kind, name }: { readonly kind: string; readonly name?: string } = requireGiven(scope, lock, {
    name: "lock",
    texts: ["kind"],
    example,
  });
  requireOnly(scope, "lock", lock, { names: { kind: true, name: true }, example });
  if (kind === "ReadOnly")
    fail(
      scope,
      "read-only-lock",
      'kind in lock is "ReadOnly". To read an app, azurerm sends POST requests, which Azure refuses under such a lock, so every later plan would fail.',
      `Write ${example}.`,
    );
  requireMember(scope, "kind in lock", kind, LockKind, "LockKind.CAN_NOT_DELETE");
  return new ManagementLock(scope, "Lock", {
    ...asWritten({ name: checkName(scope, AZURE_NAMES.lock, name ?? `lock-${kind}`) }),
    scope: resourceId,
    lockLevel: kind,
    notes: "Cannot delete the resource or its child resources.",
    dependsOn: [...locked],
  });
}
