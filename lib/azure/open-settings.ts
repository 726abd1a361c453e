import { Annotations, Aspects, TerraformResource } from "cdktf";
import { finding } from "../core/fail";
import { renderedAttributes } from "../core/rendered";

/** A setting of the user's resource that lets somebody in without Entra ID. */
export interface OpenSetting {
  /** The name in the Terraform JSON. */
  readonly attribute: string;
  /** The value that closes it. */
  readonly closed: boolean;
  /** What to write on the object. */
  readonly property: string;
}

/** What an app on Flex Consumption leaves open. It has no FTP. */
export const FLEX_DOORS: readonly OpenSetting[] = [
  { attribute: "https_only", closed: true, property: "httpsOnly: true" },
  {
    attribute: "webdeploy_publish_basic_authentication_enabled",
    closed: false,
    property: "webdeployPublishBasicAuthenticationEnabled: false",
  },
];

/** What all other apps and their slots leave open. */
export const DOORS: readonly OpenSetting[] = [
  FLEX_DOORS[0],
  {
    attribute: "ftp_publish_basic_authentication_enabled",
    closed: false,
    property: "ftpPublishBasicAuthenticationEnabled: false",
  },
  FLEX_DOORS[1],
];

/** Warns at synth about settings of the user's app, or a slot of it, that bypass its sign-in. */
export function warnOfOpenDoors(app: TerraformResource, doors: readonly OpenSetting[]): void {
  warnOfOpenSettings(app, doors, (properties) =>
    finding(
      "app-bypasses-sign-in",
      "This app accepts plain HTTP or publishing passwords, which bypass its sign-in. The app is your object, so its settings were not changed.",
      `Set on it: ${properties}.`,
    ),
  );
}

/** Warns at synth about keys and anonymous access that the user's resource allows. */
export function warnOfLocalKeys(resource: TerraformResource, keys: readonly OpenSetting[]): void {
  warnOfOpenSettings(resource, keys, (properties) =>
    finding(
      "keys-bypass-entra-id",
      "This resource accepts keys or anonymous requests, which bypass Entra ID. It is your object, so its settings were not changed.",
      `Set on it: ${properties}.`,
    ),
  );
}

function warnOfOpenSettings(
  resource: TerraformResource,
  settings: readonly OpenSetting[],
  warningOf: (properties: string) => string,
): void {
  Aspects.of(resource).add({
    visit: (node) => {
      if (node !== resource) return;
      const attributes = renderedAttributes(resource);
      // A value that only Terraform knows may be right.
      const open = settings.filter(({ attribute, closed }) => [undefined, !closed].includes(attributes[attribute]));
      if (open.length === 0) return;
      const warning = warningOf(open.map(({ property }) => property).join(", "));
      if (!resource.node.metadata.some(({ data }) => data === warning)) Annotations.of(resource).addWarning(warning);
    },
  });
}
