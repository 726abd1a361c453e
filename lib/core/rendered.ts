import { TerraformResource, TerraformStack } from "cdktf";

/** A part of the Terraform JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Rendered = Record<string, any>;

/** The attributes of a resource as they stand in the Terraform JSON now: overrides of its own and of its stack included. */
export function renderedAttributes(resource: TerraformResource): Rendered {
  const { terraformResourceType: type, friendlyUniqueId: name } = resource;
  // The stack merges its overrides in after its elements have rendered themselves, and has no other way to ask for them.
  const overrides: Rendered = TerraformStack.of(resource)["rawOverrides"];
  return { ...resource.toTerraform().resource[type][name], ...overrides.resource?.[type]?.[name] };
}
