/* Every message about what Terraform was to check; cdktf adds the construct. */

export function conditionsRemoved(resource: string): string {
  return (
    `What Terraform checks on "${resource}", since it alone knows, was taken off or changed: what it would stop could be deployed. ` +
    `Remove what replaces lifecycle or its conditions (an aspect, addOverride). To add to them, write ` +
    `resource.lifecycle = { ...resource.lifecycle, preventDestroy: true }.`
  );
}
