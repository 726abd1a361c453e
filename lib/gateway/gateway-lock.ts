import type { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { dependable, TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { AzapiResource } from "../azure/azapi";
import { createLock, ResourceLock } from "../azure/resource-lock";
import { atSynth } from "../core/at-synth";

/**
 * Locks a new gateway. The lock comes after everything on the gateways of the stack, so that Terraform removes it first when it destroys
 * the stack.
 */
export function lockGateway(
  scope: Construct,
  lock: ResourceLock,
  service: { readonly id: string; readonly provider?: TerraformProvider },
): ManagementLock {
  const { id: resourceId, provider } = service;
  const created = createLock(scope, lock, { resourceId, locked: [], provider });
  atSynth(created, () => {
    const stack = TerraformStack.of(created);
    const locked = stack.node
      .findAll()
      .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
      .filter((node) => node !== created && TerraformStack.of(node) === stack)
      .filter((node) => node.node.scopes.includes(scope) || isOnGateway(node));
    created.dependsOn = [...(created.dependsOn ?? []), ...locked.map(dependable)];
  });
  return created;
}

function isOnGateway(resource: TerraformResource): boolean {
  return (
    resource.terraformResourceType.startsWith("azurerm_api_management_") ||
    (resource instanceof AzapiResource && String(resource.settings.type).startsWith("Microsoft.ApiManagement/service/"))
  );
}
