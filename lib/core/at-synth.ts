import { Aspects, TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import { isToken, lazyLiteral } from "./tokens";

/** Does something with a resource once at synth, when everything is declared. Before, nothing is rendered. */
export function atSynth(resource: TerraformResource, action: () => void): void {
  let isDone = false;
  Aspects.of(resource).add({
    visit: (node) => {
      if (node !== resource || isDone) return;
      isDone = true;
      action();
    },
  });
}

/** Runs the check of a literal at synth on what a lazy value produces. Before, it counts as a value that only Terraform knows. */
export function checkLazy(scope: IConstruct, value: string, check: (literal: string) => unknown): void {
  if (!isToken(value)) return;
  scope.node.addValidation({
    validate: () => {
      const literal = lazyLiteral(scope, value);
      if (literal !== undefined) check(literal);
      return [];
    },
  });
}
