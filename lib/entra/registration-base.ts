import { Construct, IConstruct } from "constructs";
import { ICaller } from "./caller";
import { InvokeGrant } from "./invoke-grant";
import { IAppRegistration } from "./registration";
import { Grants } from "./grants";
import { fail } from "../core/fail";

/**
 * What every registration does alike: keep its callers.
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

const uses = new WeakMap<IConstruct, { readonly kind: "app" | "api"; readonly path: string }>();

/**
 * Notes that a registration stands for an app, or for an API towards its callers. It cannot do both: those who may call the API
 * could reach the app directly.
 */
export function useRegistration(scope: Construct, registration: IConstruct, kind: "app" | "api"): void {
  const before = uses.get(registration);
  if (before && before.kind !== kind)
    fail(
      scope,
      "registration-for-both",
      `The registration "${registration.node.path}" stands for an app and for an API towards its callers (the other place is "${before.path}"): ` +
        `the callers of the API could reach the app directly. Write a registration of its own for one of them.`,
    );
  uses.set(registration, { kind, path: scope.node.path });
}
