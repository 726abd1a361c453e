import { isDeepStrictEqual } from "util";
import { TerraformResource, TerraformDataSource } from "cdktf";
import { renderedAttributes } from "./rendered";
import { finding } from "./fail";

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

/**
 * Sees to it that the pre- and postconditions which a resource has now are rendered at synth. Terraform checks in them what it
 * alone knows, and who replaces `lifecycle` as a whole takes them off. Whatever is added to it may stay.
 */
export function keepConditions(resource: TerraformResource | TerraformDataSource): void {
  const ours = conditionsOf(resource);
  if (ours.length === 0) return;
  resource.node.addValidation({
    validate: () => {
      const rendered = conditionsOf(resource);
      const kept = ours.every((condition) => rendered.some((other) => isDeepStrictEqual(other, condition)));
      return kept
        ? []
        : [
            finding(
              "conditions-removed",
              `What Terraform checks on "${resource.node.path}", since it alone knows, was taken off or changed: what it would stop could be deployed. ` +
                `Remove what replaces lifecycle or its conditions (an aspect, addOverride). To add to them, write ` +
                `resource.lifecycle = { ...resource.lifecycle, preventDestroy: true }.`,
            ),
          ];
    },
  });
}

function conditionsOf(resource: TerraformResource | TerraformDataSource): unknown[] {
  const lifecycle = renderedAttributes(resource).lifecycle ?? {};
  return ["precondition", "postcondition"].flatMap((kind) =>
    [lifecycle[kind] ?? []].flat().map((condition) => ({ kind, condition })),
  );
}
