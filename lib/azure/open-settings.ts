import { Annotations, Aspects, TerraformResource } from "cdktf";
import { renderedAttributes } from "../core/rendered";

/** A setting of the user's own object that leaves a way in beside Entra ID, in the words of the binding. */
export interface OpenSetting {
  readonly attribute: string;
  /** The value that closes it. */
  readonly closed: boolean;
  readonly property: string;
}

/** Warns at the user's object of the settings that stand open at synth. They are theirs, and left as they are. */
export function warnOfOpenSettings(
  resource: TerraformResource,
  settings: readonly OpenSetting[],
  warningOf: (properties: string[]) => string,
): void {
  Aspects.of(resource).add({
    visit: (node) => {
      if (node !== resource) return;
      const attributes = renderedAttributes(resource);
      // A value that only Terraform knows is neither missing nor wrong.
      const open = settings.filter(({ attribute, closed }) => [undefined, !closed].includes(attributes[attribute]));
      if (open.length === 0) return;
      const warning = warningOf(open.map(({ property }) => property));
      if (!resource.node.metadata.some(({ data }) => data === warning)) Annotations.of(resource).addWarning(warning);
    },
  });
}

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
