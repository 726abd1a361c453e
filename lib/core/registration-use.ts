import { Construct, IConstruct } from "constructs";
import * as errors from "./errors";

const uses = new WeakMap<IConstruct, { readonly kind: "app" | "api"; readonly path: string }>();

/**
 * Notes that a registration stands for an app, or for an API towards its callers. It cannot do both: those who may call the API
 * could reach the app directly.
 */
export function useRegistration(scope: Construct, registration: IConstruct, kind: "app" | "api"): void {
  const before = uses.get(registration);
  if (before && before.kind !== kind) throw errors.registrationForBoth(scope, registration.node.path, before.path);
  uses.set(registration, { kind, path: scope.node.path });
}
