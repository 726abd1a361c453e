import { Construct } from "constructs";
import * as errors from "./errors";

/** Remembers where a strategy was bound, and with what result; refuses to bind it a second time. */
export class BindOnce<T> {
  private bound?: { readonly path: string; readonly value: T };

  constructor(
    private readonly factory: string,
    private readonly boundTwice: typeof errors.backendBoundTwice,
  ) {}

  public bind(scope: Construct, make: () => T): T {
    if (this.bound) throw this.boundTwice(scope, this.factory, this.bound.path);
    const value = make();
    this.bound = { path: scope.node.path, value };
    return value;
  }

  /** What binding made; for attributes that are read lazily, at synth. */
  public get value(): T {
    if (!this.bound) throw errors.neverBound(this.factory);
    return this.bound.value;
  }
}
