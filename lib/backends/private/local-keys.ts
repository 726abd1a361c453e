import { TerraformResource } from "cdktf";
import * as errors from "../../core/errors";
import { OpenSetting, warnOfOpenSettings } from "./open-settings";

/** The object, if it is the user's own resource of that type, and not one that another state owns. */
export function ownResource(object: unknown, ...types: string[]): TerraformResource | undefined {
  return TerraformResource.isTerraformResource(object) && types.includes(object.terraformResourceType)
    ? object
    : undefined;
}

/** Warns at the user's object of ways in beside Entra ID that stand open at synth. */
export function warnOfLocalKeys(resource: TerraformResource, keys: readonly OpenSetting[]): void {
  warnOfOpenSettings(resource, keys, errors.openLocalKeys);
}
