import { ICaller } from "../entra/caller";
import { IAppRegistration } from "../entra/registration";

/** Who can call an API, by identity in Entra ID. */
export interface ApiCallers {
  /** The only callers that the API admits, at least one: gateways, or a `Caller`. */
  readonly allowed: ICaller[];

  /**
   * The app registration of the API. It must not be that of the backend, which the callers must not reach directly.
   *
   * @default - one is created
   */
  readonly registration?: IAppRegistration;
}
