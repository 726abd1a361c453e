import { TerraformResource } from "cdktf";
import * as errors from "../../core/errors";
import { OpenSetting, warnOfOpenSettings } from "./open-settings";

/** Warns at the user's object of ways in beside Entra ID that stand open at synth. */
export function warnOfLocalKeys(resource: TerraformResource, keys: readonly OpenSetting[]): void {
  warnOfOpenSettings(resource, keys, errors.openLocalKeys);
}
