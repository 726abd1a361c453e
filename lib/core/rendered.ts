import { TerraformDataSource, TerraformResource, TerraformStack, Tokenization } from "cdktf";

/** A part of the Terraform JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Rendered = Record<string, any>;

/** The attributes of a resource as they stand in the Terraform JSON now: overrides of its own and of its stack included. */
export function renderedAttributes(resource: TerraformResource | TerraformDataSource): Rendered {
  const { terraformResourceType: type, friendlyUniqueId: name } = resource;
  // The stack merges its overrides in after its elements have rendered themselves, and has no other way to ask for them.
  const overrides: Rendered = TerraformStack.of(resource)["rawOverrides"];
  const rendered: Rendered = resource.toTerraform();
  const block = rendered.resource ? "resource" : "data";
  return merged(rendered[block][type][name], overrides[block]?.[type]?.[name]);
}

/** As cdktf merges: objects in depth, a list after a list that is there, and `undefined` takes off what is there. */
function merged(rendered: Rendered, override: Rendered = {}): Rendered {
  const result: Rendered = Array.isArray(rendered) ? [...rendered] : { ...rendered };
  for (const [key, value] of Object.entries(override)) {
    const before: unknown = result[key];
    if (value === undefined) delete result[key];
    else if (Array.isArray(value)) result[key] = Array.isArray(before) ? [...before, ...value] : value;
    else result[key] = isBlock(value) ? merged(isBlock(before) ? before : {}, value) : value;
  }
  return result;
}

/** What is merged in depth: of a list the elements that are named by their numbers. */
function isBlock(value: unknown): value is Rendered {
  return typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
}
