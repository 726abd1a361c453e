import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/**
 * A name for a construct as seen from another one: its path, without the stack if both are in the same one. Renaming the stack
 * then renames nothing else.
 */
export function labelOf(construct: IConstruct, seenFrom: IConstruct): string {
  return seenFromStack(construct, construct.node.path, seenFrom);
}

/** The same for a name that begins with the path of the construct's stack. */
export function seenFromStack(construct: IConstruct, name: string, seenFrom: IConstruct): string {
  const stack = TerraformStack.of(construct);
  return stack === TerraformStack.of(seenFrom) ? name.slice(stack.node.path.length + 1) : name;
}
