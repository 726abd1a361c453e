import { ITerraformDependable, Lazy, TerraformResource, TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * The dependables in the stack of a scope, for `depends_on`. A dependable of another stack makes that whole stack deploy first:
 * `depends_on` cannot refer to another state, and cdktf would export the whole resource for it.
 *
 * @see docs/design/decisions.md#no-dependency-across-stacks
 */
export function dependenciesWithin(
  scope: Construct,
  dependables: readonly ITerraformDependable[],
): ITerraformDependable[] {
  const stack = TerraformStack.of(scope);
  return dependables.filter((dependable) => {
    const other = Construct.isConstruct(dependable) ? TerraformStack.of(dependable) : stack;
    if (other !== stack) stack.addDependency(other);
    return other === stack;
  });
}

/** The id of a resource for `replace_triggered_by`: without the `${}` that cdktf adds to a token. */
export function idReference(resource: TerraformResource): string {
  return Lazy.stringValue({ produce: () => `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id` });
}
