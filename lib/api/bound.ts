import { BindErrors } from "../core/bind-once";
import { fail } from "../core/fail";

function never(factory: string): never {
  fail(
    factory,
    "never-bound",
    `An attribute of this ${factory}(...) is used, but nothing created it.`,
    `Pass it to a SecureApimBackend: new SecureApimBackend(this, "Orders", { gateway, backend }).`,
  );
}

/** The errors of a surface whose API is created with it. */
export const BOUND_SURFACE: BindErrors = {
  twice: (scope, factory, boundAt) =>
    fail(
      scope,
      "surface-bound-twice",
      `This ${factory}(...) is already used at "${boundAt}", and the API that it creates can exist only once.`,
      `Call ${factory}(...) again for another API.`,
    ),
  never,
};

/** The errors of what creates nothing, and is used by one API. */
export const BOUND_CALL: BindErrors = {
  twice: (scope, factory, boundAt) =>
    fail(
      scope,
      "call-bound-twice",
      `This ${factory}(...) is already used at "${boundAt}", and it serves one API.`,
      `Call ${factory}(...) again, with the same arguments, for another API.`,
    ),
  never,
};
