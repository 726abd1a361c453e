import { Construct } from "constructs";
import { fail } from "./fail";

/** What a second bind would do, and what to write instead. */
interface SecondBind {
  readonly id: string;
  readonly why: string;
  readonly remedy: (factory: string) => string;
}

/** How one backend serves two APIs. */
export const SECOND_API =
  "To put a second API in front of the same backend, write Backend.url(first.backendUrl, " +
  "Audience.registration(first.registration)), where first is that SecureApimBackend.";

/** What is bound: something that makes a resource which exists once, or a choice that serves one API. */
export const BOUND = {
  backend: {
    id: "backend-bound-twice",
    why: "what it creates exists once",
    remedy: (factory) => `Call ${factory}(...) again for another one. ${SECOND_API}`,
  },
  call: {
    id: "call-bound-twice",
    why: "it serves one API",
    remedy: (factory) => `Call ${factory}(...) again, with the same arguments, for another API.`,
  },
  surface: {
    id: "surface-bound-twice",
    why: "the API that it creates exists once",
    remedy: (factory) => `Call ${factory}(...) again for another API.`,
  },
} satisfies Record<string, SecondBind>;

/** Remembers where a strategy was bound, and with what result; refuses to bind it a second time. */
export class BindOnce<T> {
  private bound?: { readonly path: string; readonly value: T };

  constructor(
    private readonly factory: string,
    private readonly second: SecondBind,
  ) {}

  public bind(scope: Construct, make: () => T): T {
    if (this.bound) {
      const { id, why, remedy } = this.second;
      fail(
        scope,
        id,
        `This ${this.factory}(...) is already bound at "${this.bound.path}", and ${why}.`,
        remedy(this.factory),
      );
    }
    const value = make();
    this.bound = { path: scope.node.path, value };
    return value;
  }

  /** What binding made; for attributes that are read lazily, at synth. */
  public get value(): T {
    if (!this.bound) {
      fail(
        this.factory,
        "never-bound",
        `You use an attribute of this ${this.factory}(...), but nothing created it.`,
        `Pass it to a SecureApimBackend: new SecureApimBackend(this, "Orders", { gateway, backend }).`,
      );
    }
    return this.bound.value;
  }
}
