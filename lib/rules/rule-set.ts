import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { Acknowledgement } from "./acknowledgement";
import { SecurityRule } from "./rule";

/** What an app, or a part of it, is judged by besides the rules of the library. */
export class RuleSet {
  private readonly scopes = new Set<IConstruct>();

  constructor(
    public readonly own: readonly SecurityRule[],
    public readonly acknowledged: readonly Acknowledgement[],
  ) {}

  /** Judges what is in a construct, also what is declared later. */
  public add(scope: IConstruct): void {
    this.scopes.add(scope);
  }

  /** The stacks of an app that it judges. */
  public stacksOf(app: IConstruct): ReadonlySet<TerraformStack> {
    const scopes = [...this.scopes].filter(({ node }) => node.root === app);
    return new Set((scopes.includes(app) ? [app] : scopes).flatMap(stacksIn));
  }
}

/** The stacks in a construct, in the order in which cdktf writes them. */
export function stacksIn(scope: IConstruct): TerraformStack[] {
  return scope.node.findAll().filter(TerraformStack.isStack);
}
