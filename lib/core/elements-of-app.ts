import { TerraformDataSource, TerraformLocal, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { addToGroup } from "./grouped";

/** What all stacks of an app have, in the order of the construct tree. */
export interface ElementsOfApp {
  /** Those whose overrides concern resources or local values. */
  readonly overridingStacks: readonly TerraformStack[];
  readonly locals: readonly TerraformLocal[];
  /** By Terraform type. */
  readonly resources: ReadonlyMap<string, readonly TerraformResource[]>;
  readonly dataSources: ReadonlyMap<string, readonly TerraformDataSource[]>;
}

/** Looks over the whole app: what opens an app or an API can be in another stack. */
export function elementsOfApp({ node: { root } }: IConstruct): ElementsOfApp {
  const overridingStacks: TerraformStack[] = [];
  const locals: TerraformLocal[] = [];
  const resources = new Map<string, TerraformResource[]>();
  const dataSources = new Map<string, TerraformDataSource[]>();
  for (const node of root.node.findAll())
    if (TerraformResource.isTerraformResource(node)) addToGroup(resources, node.terraformResourceType, node);
    else if (TerraformDataSource.isTerraformDataSource(node)) addToGroup(dataSources, node.terraformResourceType, node);
    else if (node instanceof TerraformLocal) locals.push(node);
    else if (TerraformStack.isStack(node) && isOverriding(node)) overridingStacks.push(node);
  return { overridingStacks, locals, resources, dataSources };
}

function isOverriding(stack: TerraformStack): boolean {
  const overrides: object = stack["rawOverrides"];
  return "resource" in overrides || "locals" in overrides;
}
