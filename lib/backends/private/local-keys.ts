import { Annotations, Aspects, TerraformResource } from "cdktf";
import * as errors from "../../core/errors";
import { renderedAttributes } from "../../core/rendered";

/** A way in beside Entra ID, in the words of the binding. */
export interface LocalKey {
  readonly attribute: string;
  /** The value that closes it. */
  readonly closed: boolean;
  readonly property: string;
}

/** The object, if it is the user's own resource of that type, and not one that another state owns. */
export function ownResource(object: unknown, ...types: string[]): TerraformResource | undefined {
  return TerraformResource.isTerraformResource(object) && types.includes(object.terraformResourceType)
    ? object
    : undefined;
}

/** Warns at the user's object of ways in beside Entra ID that stand open at synth. It is theirs, and left as it is. */
export function warnOfLocalKeys(resource: TerraformResource, keys: readonly LocalKey[]): void {
  Aspects.of(resource).add({
    visit: (node) => {
      if (node !== resource) return;
      const attributes = renderedAttributes(resource);
      // A value that only Terraform knows is neither missing nor wrong.
      const open = keys.filter(({ attribute, closed }) => [undefined, !closed].includes(attributes[attribute]));
      if (open.length === 0) return;
      const warning = errors.openLocalKeys(open.map(({ property }) => property));
      if (!resource.node.metadata.some(({ data }) => data === warning)) Annotations.of(resource).addWarning(warning);
    },
  });
}
