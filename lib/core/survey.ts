import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { stateOf } from "./state";

/**
 * Searches the construct tree once in each run of a stack's validations, however many constructs ask for what is found. The
 * validations of a stack come before those of what is in it.
 *
 * @returns what was found
 */
export function surveyOf<T>(stack: TerraformStack, kind: string, search: () => T): () => T {
  const survey = stateOf(stack, kind, () => {
    const found: T[] = [];
    stack.node.addValidation({
      validate: () => {
        found[0] = search();
        return [];
      },
    });
    return found;
  });
  return () => (survey.length > 0 ? survey[0] : search());
}

/** The resources of a stack that have one of these Terraform types. */
export function resourcesIn(stack: TerraformStack, ...types: readonly string[]): TerraformResource[] {
  return stack.node
    .findAll()
    .filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node))
    .filter(({ terraformResourceType }) => types.includes(terraformResourceType));
}

/** The providers of a stack that have one of these types, such as `azurerm`. */
export function providersIn(stack: TerraformStack, ...types: readonly string[]): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter((node): node is TerraformProvider => TerraformProvider.isTerraformProvider(node))
    .filter(({ terraformResourceType }) => types.includes(terraformResourceType));
}
