import { IConstruct, Construct } from "constructs";
import { callerKey, ICaller } from "../entra/caller";
import { callersGranted } from "../entra/grants";
import { IAppRegistration } from "../entra/registration";
import { ApiCallers } from "../api/api-callers";
import { newRegistration } from "../entra/app-registration";
import { useRegistration } from "../entra/registration-base";
import { PolicyDocument } from "../policy/policy-document";
import { callerValidation } from "../policy/gateway/caller-validation";
import { fail } from "../core/fail";

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
    `lets it in: it would get a token, and then 401. Write it on the API instead of grantInvoke: callers: { allowed: [..., caller] }.`
  );
}

/** The callers of an API that is called by identity: each is granted access, and the policy refuses everybody else. */
export class AdmittedCallers {
  /** What stands for the API. */
  public readonly registration: IAppRegistration;
  /** The validation of tokens that the API's policy gets. */
  public readonly policy: PolicyDocument;

  private readonly keys: ReadonlySet<string>;

  constructor(
    scope: Construct,
    callers: ApiCallers,
    name: string,
    ofBackends: readonly (IAppRegistration | undefined)[],
  ) {
    if (callers.allowed.length === 0)
      fail(
        scope,
        "no-callers",
        `callers names nobody, and the API would let in nobody. Write who calls it: callers: { allowed: [gateway] }, or leave it out ` +
          `for consumers with a subscription key.`,
      );
    if (callers.registration && ofBackends.includes(callers.registration)) {
      fail(
        scope,
        "registration-of-backend",
        `The registration "${callers.registration.node.path}" stands for the backend, and callers of the API with tokens for it could call the backend ` +
          `directly. Leave out callers.registration, or write another one.`,
      );
    }
    const registration = callers.registration ?? newRegistration(new Construct(scope, "Callers"), `${name}-callers`);
    useRegistration(scope, registration, "api");
    callers.allowed.forEach((caller) => registration.grantInvoke(caller));
    const configs = callers.allowed.map((caller) => caller.bindCaller(registration));
    const distinct = new Map(configs.map((config) => [callerKey(config), config]));
    this.registration = registration;
    this.keys = new Set(distinct.keys());
    refuseUnknownCallers(scope, registration, this.keys);
    this.policy = PolicyDocument.of(
      callerValidation({
        tenantId: registration.tenantId,
        audiences: registration.allowedAudiences,
        callers: [...distinct.values()],
      }),
    );
  }

  public includes(caller: ICaller): boolean {
    return this.keys.has(callerKey(caller.bindCaller(this.registration)));
  }
}
