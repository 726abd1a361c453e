import { Annotations, Aspects, TerraformResource } from "cdktf";
import { renderedAttributes } from "../../core/rendered";

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
