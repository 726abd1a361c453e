import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/**
 * A literal name of a construct, as seen from another one: its path, without the stack where both stand in the same one, so
 * that renaming the stack renames nothing else.
 */
export function labelOf(construct: IConstruct, seenFrom: IConstruct): string {
  const stack = TerraformStack.of(construct);
  const path = construct.node.path;
  return stack === TerraformStack.of(seenFrom) ? path.slice(stack.node.path.length + 1) : path;
}
