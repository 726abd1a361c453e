import { TerraformResource, TerraformStack } from "cdktf";

/** A part of the Terraform JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Rendered = Record<string, any>;

/** The attributes of a resource as they stand in the Terraform JSON now: overrides of its own and of its stack included. */
export function renderedAttributes(resource: TerraformResource): Rendered {
  const { terraformResourceType: type, friendlyUniqueId: name } = resource;
  // The stack merges its overrides in after its elements have rendered themselves, and has no other way to ask for them.
  const overrides: Rendered = TerraformStack.of(resource)["rawOverrides"];
  return merged(resource.toTerraform().resource[type][name], overrides.resource?.[type]?.[name]);
}

/** As cdktf merges: objects in depth, everything else as a whole. */
function merged(rendered: Rendered, override: Rendered = {}): Rendered {
  const result = { ...rendered };
  for (const [key, value] of Object.entries(override)) {
    result[key] = isObject(result[key]) && isObject(value) ? merged(result[key], value) : value;
  }
  return result;
}

function isObject(value: unknown): value is Rendered {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
