import { Construct, IConstruct } from "constructs";
import { fail } from "../core/fail";
import { stateOf } from "../core/state";
import { ICaller } from "./caller";
import { Grants } from "./grants";
import { InvokeGrant } from "./invoke-grant";
import { IAppRegistration } from "./registration";

/**
 * What all registrations have in common: their callers.
 *
 * @internal
 */
export abstract class RegistrationBase extends Construct implements IAppRegistration {
  public abstract readonly clientId: string;
  public abstract readonly tokenResource: string;
  public abstract readonly allowedAudiences: string[];
  public abstract readonly tenantId: string;
  /** @internal */
  protected abstract readonly _grants: Grants;

  public get allowedPrincipalIds(): string[] {
    return this._grants.principalIds;
  }

  public grantInvoke(caller: ICaller): InvokeGrant {
    return this._grants.grant(caller);
  }
}

/**
 * Records that a registration is used for an app, or for an API that callers sign in to. It cannot be used for both: callers of the
 * API could reach the app directly.
 */
export function useRegistration(scope: Construct, registration: IConstruct, kind: "app" | "api"): void {
  const use = stateOf(registration, "registration-use", () => ({ kind, path: scope.node.path }));
  if (use.kind !== kind)
    fail(
      scope,
      "registration-for-both",
      `Registration "${registration.node.path}" is used for an app and for an API that callers sign in to (the other place is ` +
        `"${use.path}"), so callers of the API could reach the app directly.`,
      "Use a separate registration for one of them.",
    );
}
