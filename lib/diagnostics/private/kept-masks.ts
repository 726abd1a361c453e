import { isDeepStrictEqual } from "util";
import { TerraformResource } from "cdktf";
import * as errors from "../../core/diagnostics-errors";
import { renderedAttributes } from "../../core/rendered";

/** Sees to it that what diagnostics mask is rendered at synth as it was set. */
export function keepMasks(diagnostic: TerraformResource, attributes: RegExp): void {
  const masks = (): unknown =>
    Object.entries(renderedAttributes(diagnostic)).filter(
      ([name, value]) => attributes.test(name) && value !== undefined,
    );
  const ours = masks();
  diagnostic.node.addValidation({
    validate: () => (isDeepStrictEqual(masks(), ours) ? [] : [errors.masksChanged(diagnostic.node.path)]),
  });
}
