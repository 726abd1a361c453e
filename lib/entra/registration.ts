import { IConstruct } from "constructs";
import { ICaller } from "./caller";
import { InvokeGrant } from "./invoke-grant";

/** The Entra app registration that stands for a backend: tokens are issued for it, and its callers are let in. */
export interface IAppRegistration extends IConstruct {
  /** Client id (application id) of the registration. */
  readonly clientId: string;

  /** What callers name as `resource` when they ask for a token. */
  readonly tokenResource: string;

  /** The `aud` values of the tokens that callers get. */
  readonly allowedAudiences: string[];

  /** The Entra tenant that issues the tokens. */
  readonly tenantId: string;

  /** Object ids of all callers that were granted access, those granted later included. */
  readonly allowedPrincipalIds: string[];

  /**
   * Lets a caller have tokens for the backend, and in. Granting the same caller twice is granting once.
   *
   * @param caller a gateway or a `Caller`
   */
  grantInvoke(caller: ICaller): InvokeGrant;
}
