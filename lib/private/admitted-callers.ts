import { Construct } from "constructs";
import { ApiCallers } from "../api/api-callers";
import { ownRegistration } from "../backends/private/own-registration";
import { useRegistration } from "../core/registration-use";
import { ICaller } from "../entra/caller";
import { callerKey } from "../entra/private/caller-key";
import { IAppRegistration } from "../entra/registration";
import { PolicyDocument } from "../policy/policy-document";
import { callerValidation } from "../policy/private/caller-validation";
import { refuseUnknownCallers } from "./unknown-callers";
import { fail } from "../core/fail";

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
    if (callers.only.length === 0) fail(scope, "no-callers", `callers names nobody, and the API would let in nobody. Write who calls it: callers: { only: [gateway] }, or leave it out ` +
          `for consumers with a subscription key.`);
    if (callers.registration && ofBackends.includes(callers.registration)) {
      fail(scope, "registration-of-backend", `The registration "${callers.registration.node.path}" stands for the backend, and callers of the API with tokens for it could call the backend ` +
              `directly. Leave out callers.registration, or write another one.`);
    }
    const registration = callers.registration ?? ownRegistration(new Construct(scope, "Callers"), `${name}-callers`);
    useRegistration(scope, registration, "api");
    callers.only.forEach((caller) => registration.grantInvoke(caller));
    const configs = callers.only.map((caller) => caller.bindCaller(registration));
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
