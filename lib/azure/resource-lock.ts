import { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { fail } from "../core/fail";
import { requireGiven, requireMember } from "../core/given";
import { checkName } from "../core/names";
import { requireOnly } from "../core/property-names";
import { asWritten } from "../core/terraform-template";
import { AZURE_NAMES } from "./names";
import { azurerm } from "../providers/azurerm";

/**
 * What a lock prevents. `ReadOnly` is not among them: Azure refuses POST requests under such a lock, and azurerm sends them to read an
 * app. On a gateway, it would also refuse each change of an API. So later plans and applies would fail.
 *
 * @see https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources#considerations-before-applying-your-locks
 */
export enum LockKind {
  /**
   * Nobody can delete the resource, or what belongs to it, such as a slot of an app, an API of a gateway or a role assignment on either.
   */
  CAN_NOT_DELETE = "CanNotDelete",
}

/**
 * A lock on a resource. It has the properties of `lock` in Azure Verified Modules. Terraform creates it after the resource, and
 * destroys it before the resource; the deploying identity needs `Microsoft.Authorization/locks/*`.
 *
 * What belongs to the resource is locked as well, and Azure answers 409 `ScopeLocked` to a deletion. To remove a slot, a diagnostic
 * setting, a role assignment or the connection to a virtual network from a locked app, remove the lock in an apply before. The same
 * applies to whatever is removed or replaced on a locked gateway: APIs, operations, policies, products, named values, backend entities.
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
  {
    resourceId,
    locked,
    provider,
  }: {
    readonly resourceId: string;
    readonly locked: readonly TerraformResource[];
    readonly provider?: TerraformProvider;
  },
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
      'kind in lock is "ReadOnly". Azure refuses POST requests under such a lock, and azurerm sends them to read an app. On a gateway, it ' +
        "would also refuse each change of an API. So later plans and applies would fail.",
      `Write ${example}.`,
    );
  requireMember(scope, "kind in lock", kind, LockKind, "LockKind.CAN_NOT_DELETE");
  return new azurerm.ManagementLock(scope, "Lock", {
    ...asWritten({ name: checkName(scope, AZURE_NAMES.lock, name ?? `lock-${kind}`) }),
    scope: resourceId,
    lockLevel: kind,
    notes: "Cannot delete the resource or its child resources.",
    dependsOn: [...locked],
    provider,
  });
}
