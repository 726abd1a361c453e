import { TerraformElement } from "cdktf";

/** The attributes of a resource or provider as they stand in the Terraform JSON now, overrides included. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Rendered = Record<string, any>;

/** The attributes of one resource. */
export function renderedAttributes(resource: TerraformElement & { readonly terraformResourceType: string }): Rendered {
  return resource.toTerraform().resource[resource.terraformResourceType][resource.friendlyUniqueId];
}
