import { Annotations, Aspects, TerraformResource } from "cdktf";
import * as errors from "../../core/errors";
import { renderedAttributes } from "../../core/rendered";

/** What stands open beside the sign-in unless it is set, in the words of the binding. */
interface Door {
  readonly attribute: string;
  readonly closed: boolean;
  readonly property: string;
}

/** What apps on Flex Consumption have open, which know no FTP. */
export const FLEX_DOORS: readonly Door[] = [
  { attribute: "https_only", closed: true, property: "httpsOnly: true" },
  {
    attribute: "webdeploy_publish_basic_authentication_enabled",
    closed: false,
    property: "webdeployPublishBasicAuthenticationEnabled: false",
  },
];

/** What all other apps have open, and their slots. */
export const DOORS: readonly Door[] = [
  FLEX_DOORS[0],
  {
    attribute: "ftp_publish_basic_authentication_enabled",
    closed: false,
    property: "ftpPublishBasicAuthenticationEnabled: false",
  },
  FLEX_DOORS[1],
];

/** Warns at synth of what the user's own app, or a slot of it, leaves open. */
export function warnOfOpenDoors(app: TerraformResource, doors: readonly Door[]): void {
  Aspects.of(app).add({ visit: (node) => node === app && visit(app, doors) });
}

function visit(app: TerraformResource, doors: readonly Door[]): void {
  const attributes = renderedAttributes(app);
  // A value that only Terraform knows is neither missing nor wrong.
  const open = doors.filter(({ attribute, closed }) => [undefined, !closed].includes(attributes[attribute]));
  if (open.length === 0) return;
  const warning = errors.openDoors(open.map(({ property }) => property));
  if (!app.node.metadata.some(({ data }) => data === warning)) Annotations.of(app).addWarning(warning);
}
