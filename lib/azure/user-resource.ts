import { TerraformResource } from "cdktf";

/** The object, if it is the user's own resource of that type, and not one that another state owns. */
export function userResource(object: unknown, ...types: string[]): TerraformResource | undefined {
  return TerraformResource.isTerraformResource(object) && types.includes(object.terraformResourceType)
    ? object
    : undefined;
}
