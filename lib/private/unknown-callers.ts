import { IConstruct } from "constructs";
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
        .map(({ label }) => callerNotOnApi(label, registration.node.path, known.apis)),
  });
  return known;
}
/* Every message about callers that an API does not know; cdktf adds the construct. */

export function callerNotOnApi(caller: string, registration: string, apis: readonly string[]): string {
  const named = apis.map((api) => `"${api}"`).join(", ");
  return (
    `The caller "${caller}" was granted access to the registration "${registration}", but no API that this stands for (${named}) ` +
    `lets it in: it would get a token, and then 401. Write it on the API instead of grantInvoke: callers: { only: [..., caller] }.`
  );
}
