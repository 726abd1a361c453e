import { TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { Acknowledgement } from "./acknowledgement";
import { SecurityRule } from "./rule";

/** What an app, or a part of it, is judged by besides the rules of the library. */
export class RuleSet {
  /** What it judges in each app. */
  private readonly scopes = new WeakMap<IConstruct, Set<IConstruct>>();

  constructor(
    public readonly own: readonly SecurityRule[],
    public readonly acknowledged: readonly Acknowledgement[],
  ) {}

  /** Judges what is in a construct, also what is declared later. */
  public add(scope: IConstruct): void {
    const { root } = scope.node;
    this.scopes.set(root, (this.scopes.get(root) ?? new Set()).add(scope));
  }

  /** The stacks of an app that it judges. */
  public stacksOf(app: IConstruct): ReadonlySet<TerraformStack> {
    const scopes = this.scopes.get(app) ?? new Set();
    return new Set((scopes.has(app) ? [app] : [...scopes]).flatMap(stacksIn));
  }
}

/** The stacks in a construct, in the order in which cdktf writes them. */
export function stacksIn(scope: IConstruct): TerraformStack[] {
  return scope.node.findAll().filter(TerraformStack.isStack);
}
