import { Construct, IConstruct } from "constructs";
import { ICaller } from "./caller";
import { Grants } from "./grants";
import { InvokeAssignmentManagedElsewhere } from "./invoke-assignment";
import { InvokeGrant } from "./invoke-grant";

/** The Entra app registration of a backend: tokens are issued for it, and its callers are admitted. */
export interface IAppRegistration extends IConstruct {
  /** Client ID (application ID) of the registration. */
  readonly clientId: string;

  /** What callers request a token for: the `resource` of the request. */
  readonly tokenResource: string;

  /** The `aud` values of the tokens that callers get. */
  readonly allowedAudiences: string[];

  /** The Entra tenant that issues the tokens. */
  readonly tenantId: string;

  /** Object IDs of all callers that are granted access, including later ones. */
  readonly allowedPrincipalIds: string[];

  /**
   * Grants a caller access: it can get tokens for the backend, and the backend admits it. A second grant for the same caller has no
   * effect.
   *
   * @param caller a gateway or a `Caller`
   * @param assignment `InvokeAssignment.managedElsewhere(reason)` if someone else assigns the app role to this caller. Call it before
   * you create the backend or the API that grants the caller access. Default: the registration decides
   */
  grantInvoke(caller: ICaller, assignment?: InvokeAssignmentManagedElsewhere): InvokeGrant;
}

/** Under which name the output of a stack has the registrations that Terraform does not read: their path and client ID. */
export const UNREAD_REGISTRATIONS = "unreadRegistrations";

/**
 * What all registrations have in common: version 2 tokens, whose audience is the client ID, and their callers.
 *
 * @internal
 */
export abstract class RegistrationBase extends Construct implements IAppRegistration {
  public abstract readonly clientId: string;
  public abstract readonly tenantId: string;
  /** @internal */
  protected abstract readonly _grants: Grants;

  public get tokenResource(): string {
    // Why: docs/design/decisions.md#tokens-for-the-client-id
    return this.clientId;
  }

  public get allowedAudiences(): string[] {
    return [this.clientId];
  }

  public get allowedPrincipalIds(): string[] {
    return this._grants.principalIds;
  }

  public grantInvoke(caller: ICaller, assignment?: InvokeAssignmentManagedElsewhere): InvokeGrant {
    return this._grants.grant(caller, assignment);
  }
}
