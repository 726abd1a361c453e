import { isDeepStrictEqual } from "util";
import { TerraformResource } from "cdktf";
import { renderedAttributes } from "./rendered";

/**
 * Sees to it that attributes which close something are rendered at synth as they were set, overrides and aspects included.
 *
 * @param attributes which of the resource's
 * @param finding what to say where one was changed
 */
export function keepAttributes(
  resource: TerraformResource,
  attributes: RegExp,
  finding: (path: string) => string,
): void {
  const kept = (): unknown =>
    Object.entries(renderedAttributes(resource)).filter(
      ([name, value]) => attributes.test(name) && value !== undefined,
    );
  const ours = kept();
  resource.node.addValidation({
    validate: () => (isDeepStrictEqual(kept(), ours) ? [] : [finding(resource.node.path)]),
  });
}
