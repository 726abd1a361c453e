import { TerraformResource } from "cdktf";
import { OpenSetting, warnOfOpenSettings } from "./open-settings";

/** What apps on Flex Consumption have open, which know no FTP. */
export const FLEX_DOORS: readonly OpenSetting[] = [
  { attribute: "https_only", closed: true, property: "httpsOnly: true" },
  {
    attribute: "webdeploy_publish_basic_authentication_enabled",
    closed: false,
    property: "webdeployPublishBasicAuthenticationEnabled: false",
  },
];

/** What all other apps have open, and their slots. */
export const DOORS: readonly OpenSetting[] = [
  FLEX_DOORS[0],
  {
    attribute: "ftp_publish_basic_authentication_enabled",
    closed: false,
    property: "ftpPublishBasicAuthenticationEnabled: false",
  },
  FLEX_DOORS[1],
];

/** Warns at synth of what the user's own app, or a slot of it, leaves open. */
export function warnOfOpenDoors(app: TerraformResource, doors: readonly OpenSetting[]): void {
  warnOfOpenSettings(app, doors, openDoors);
}
// Policy
// Entra ID
// Callers of an API
// Network

export function openDoors(properties: string[]): string {
  return (
    `This app accepts more than its sign-in suggests. Set on it: ${properties.join(", ")}. ` +
    `It is your object, so it was left as it is.`
  );
}
