import { Construct } from "constructs";

/** The errors of what binds once. Each throws. */
export interface BindErrors {
  /** It is bound a second time. */
  readonly twice: (scope: Construct, factory: string, boundAt: string) => never;
  /** An attribute of its result is read, and it was not bound. */
  readonly never: (factory: string, attribute: string) => never;
}

/** Remembers where something was bound, and the result. It cannot be bound a second time. */
export class BindOnce<T> {
  private bound?: { readonly path: string; readonly value: T };

  constructor(
    private readonly factory: string,
    private readonly errors: BindErrors,
  ) {}

  public bind(scope: Construct, create: () => T): T {
    if (this.bound) this.errors.twice(scope, this.factory, this.bound.path);
    const value = create();
    this.bound = { path: scope.node.path, value };
    return value;
  }

  /** The result, for a property that reads the attribute from it. */
  public read(attribute: string): T {
    if (!this.bound) this.errors.never(this.factory, attribute);
    return this.bound.value;
  }
}
