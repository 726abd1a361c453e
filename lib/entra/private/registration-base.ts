import { Construct } from "constructs";
import { ICaller } from "../caller";
import { InvokeGrant } from "../invoke-grant";
import { IAppRegistration } from "../registration";
import { Grants } from "./grants";

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
