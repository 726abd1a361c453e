import { TerraformProvider, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ElementsOfApp, elementsOfApp } from "./elements-of-app";
import { checkWhenAllIsWritten, checkWhenWritten, StackCheck } from "./last-check";
import { lostBy } from "./removed";
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

/** The same for what is in any stack of the app. They share one search of its tree. */
export function surveyOfApp<T>(scope: IConstruct, kind: string, search: (elements: ElementsOfApp) => T): () => T {
  const stack = TerraformStack.of(scope);
  const elements = surveyOf(stack, "elements-of-app", () => elementsOfApp(stack));
  return surveyOf(stack, kind, () => search(elements()));
}

/**
 * Adds a validation that judges by what a survey of the app finds. Both run again when the stack is written, and when all stacks are: a
 * validation of the user's can add what ours has looked for.
 */
export function validateBySurvey<T>(
  scope: IConstruct,
  kind: string,
  search: (elements: ElementsOfApp) => T,
  judge: (found: T) => string[],
): void {
  const stack = TerraformStack.of(scope);
  const found = surveyOfApp(scope, kind, search);
  scope.node.addValidation({ validate: () => judge(found()) });
  const judges = (owner: IConstruct, check: (stack: TerraformStack, again: StackCheck) => void): Judge<T>[] =>
    stateOf(owner, `${kind}-when-written`, () => {
      const all: Judge<T>[] = [];
      check(stack, (elements) => {
        const again = search(elements());
        const present = all.filter((each) => lostBy(each.scope) === undefined);
        return present.flatMap((each) => each.judge(again).map((text) => `[${each.scope.node.path}] ${text}`));
      });
      return all;
    });
  judges(stack, checkWhenWritten).push({ scope, judge });
  judges(scope.node.root, checkWhenAllIsWritten).push({ scope, judge });
}

interface Judge<T> {
  readonly scope: IConstruct;
  readonly judge: (found: T) => string[];
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
