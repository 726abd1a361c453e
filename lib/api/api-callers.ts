import { ICaller } from "../entra/caller";
import { IAppRegistration } from "../entra/registration";

/** Who may call an API, by the identity that Entra ID knows them by. */
export interface ApiCallers {
  /** The only ones that get in, one at least: gateways, or a `Caller`. */
  readonly allowed: ICaller[];

  /**
   * The app registration that stands for the API. It is not that of the backend, which the callers must not reach directly.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;
}
