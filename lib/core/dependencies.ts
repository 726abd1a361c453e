import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * What a resource can name in `depends_on`: dependables of its own stack. Another stack is deployed before this one as a
 * whole; Terraform takes no reference into its state there, and cdktf would export the whole resource for one.
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
