import { IConstruct } from "constructs";
import * as errors from "../core/caller-errors";
import { callerKey } from "../entra/private/caller-key";
import { callersGranted } from "../entra/private/grants";
import { IAppRegistration } from "../entra/registration";

/** All APIs that a registration stands for, and whom they let in. */
interface Admitting {
  readonly apis: string[];
  readonly keys: Set<string>;
}

const admitting = new WeakMap<IAppRegistration, Admitting>();

/**
 * Notes whom an API lets in. Its policy is whole when it is written: who is granted access on the registration and is in no
 * policy would be given tokens and refused, which is an error at synth.
 */
export function refuseUnknownCallers(api: IConstruct, registration: IAppRegistration, keys: Iterable<string>): void {
  const known = admitting.get(registration) ?? admittedAt(api, registration);
  known.apis.push(api.node.path);
  for (const key of keys) known.keys.add(key);
}

function admittedAt(api: IConstruct, registration: IAppRegistration): Admitting {
  const known: Admitting = { apis: [], keys: new Set() };
  admitting.set(registration, known);
  api.node.addValidation({
    validate: () =>
      callersGranted(registration)
        .filter((caller) => !known.keys.has(callerKey(caller)))
        .map(({ label }) => errors.callerNotOnApi(label, registration.node.path, known.apis)),
  });
  return known;
}
