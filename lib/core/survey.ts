import { TerraformStack } from "cdktf";
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
