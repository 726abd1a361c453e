import { TerraformResource } from "cdktf";
import { OpenSetting, warnOfOpenSettings } from "./open-settings";

/** Warns at the user's object of ways in beside Entra ID that stand open at synth. */
export function warnOfLocalKeys(resource: TerraformResource, keys: readonly OpenSetting[]): void {
  warnOfOpenSettings(resource, keys, openLocalKeys);
}
// Policy
// Entra ID
// Callers of an API

export function openLocalKeys(properties: string[]): string {
  return (
    `This resource lets in others than Entra ID does, by keys or without signing in, which the gateway does not need. ` +
    `Set on it: ${properties.join(", ")}. It is your object, so it was left as it is.`
  );
}
