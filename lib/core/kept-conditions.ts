import { isDeepStrictEqual } from "util";
import { TerraformDataSource, TerraformResource } from "cdktf";
import * as errors from "./condition-errors";
import { renderedAttributes } from "./rendered";

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
      return kept ? [] : [errors.conditionsRemoved(resource.node.path)];
    },
  });
}

function conditionsOf(resource: TerraformResource | TerraformDataSource): unknown[] {
  const lifecycle = renderedAttributes(resource).lifecycle ?? {};
  return ["precondition", "postcondition"].flatMap((kind) =>
    [lifecycle[kind] ?? []].flat().map((condition) => ({ kind, condition })),
  );
}
