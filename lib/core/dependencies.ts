import { ITerraformDependable, Lazy, TerraformResource, TerraformResourceLifecycle, TerraformStack } from "cdktf";
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

/**
 * A lifecycle for a resource that is lost when another one is replaced, although no value that it refers to changes. Terraform
 * would not create it again: a parent that is replaced keeps its name, and loses its children.
 *
 * @param references from `idReference`; without any there is no lifecycle
 * @see docs/design/decisions.md#replaced-with-the-api
 */
export function replacedWith(references: readonly string[]): TerraformResourceLifecycle | undefined {
  return references.length > 0 ? { replaceTriggeredBy: [...references] } : undefined;
}

/** The id of a resource for `replace_triggered_by`: without the `${}` that cdktf adds to a token. */
export function idReference(resource: TerraformResource): string {
  return Lazy.stringValue({ produce: () => `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id` });
}
