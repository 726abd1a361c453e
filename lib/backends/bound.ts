import { Construct } from "constructs";
import { BOUND_SURFACE } from "../api/api-surface";
import { BindErrors, BindOnce } from "../core/bind-once";
import { fail } from "../core/fail";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";

/** How one backend serves two APIs. */
const SECOND_API =
  "To put a second API in front of the same backend, write Backend.url(first.backendUrl, " +
  "Audience.registration(first.registration!)), where first is that SecureApimBackend.";

/** The errors of a backend whose resources are created or locked with it. */
export const BOUND_BACKEND: BindErrors = {
  twice: (scope, factory, boundAt) =>
    fail(
      scope,
      "backend-bound-twice",
      `This ${factory}(...) is already used at "${boundAt}", and it can create its resources only once.`,
      `Call ${factory}(...) again for another backend. ${SECOND_API}`,
    ),
  never: BOUND_SURFACE.never,
};

/** A backend that shows nothing of what it creates. */
export class OpaqueBackend implements IApimBackend {
  private readonly bound: BindOnce<BackendConfig>;

  constructor(
    public readonly factory: string,
    private readonly create: (scope: Construct, options: BackendBindOptions) => BackendConfig,
    errors = BOUND_BACKEND,
  ) {
    this.bound = new BindOnce(factory, errors);
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    return this.bound.bind(scope, () => this.create(scope, options));
  }
}

/** An app has one sign-in, and so is behind one backend. */
export function failLockedTwice(scope: Construct, app: string, lockedBy: string): never {
  fail(scope, "app-locked-twice", `The app "${app}" is already the backend of "${lockedBy}".`, SECOND_API);
}
