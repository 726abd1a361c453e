import { TerraformDataSource, TerraformResource, TerraformStack, Tokenization } from "cdktf";

/** A part of the Terraform JSON. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- rendered JSON has no type
export type Rendered = Record<string, any>;

/** The attributes of a resource in the Terraform JSON as of now, including overrides on the resource and on its stack. */
export function renderedAttributes(resource: TerraformResource | TerraformDataSource): Rendered {
  const { terraformResourceType: type, friendlyUniqueId: name } = resource;
  const block = TerraformResource.isTerraformResource(resource) ? "resource" : "data";
  // The stack merges its overrides after its elements are rendered, and has no other way to ask for them.
  const overrides: Rendered = TerraformStack.of(resource)["rawOverrides"];
  const rendered: Rendered = resource.toTerraform();
  return merged(rendered[block]?.[type][name] ?? {}, overrides[block]?.[type]?.[name]);
}

/** Merges as cdktf does: objects in depth, lists appended to lists, and `undefined` removes what is there. */
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

/** What is merged in depth; the elements of a list are named by their index. */
function isBlock(value: unknown): value is Rendered {
  return typeof value === "object" && value !== null && !Tokenization.isResolvable(value);
}
