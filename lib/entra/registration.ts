import { IConstruct } from "constructs";
import { ICaller } from "./caller";
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
   */
  grantInvoke(caller: ICaller): InvokeGrant;
}
