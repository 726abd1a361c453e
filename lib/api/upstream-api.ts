import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import { ICaller } from "../entra/caller";
import { IAppRegistration } from "../entra/registration";
import { ApiVersion } from "./versions/api-version";

/** An API on an API Management gateway that another gateway calls. */
export interface IUpstreamApi extends IConstruct {
  /** `https://` address of the API. */
  readonly apiUrl: string;

  /**
   * The Entra app registration of the API, for which callers get their tokens.
   *
   * @default - none: consumers use a subscription key
   */
  readonly apiRegistration?: IAppRegistration | undefined;

  /**
   * The version that the API is.
   *
   * @default - the API has no versions
   */
  readonly apiVersion?: ApiVersion | undefined;

  /** What must exist before the API admits its callers, and only them. */
  readonly apiDependencies: ITerraformDependable[];

  /** Whether the API admits the caller by its identity. */
  admits(caller: ICaller): boolean;
}

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

  /**
   * Name that Entra ID shows for the new registration; 1 to 120 characters.
   *
   * @default - the stack and the construct id, for example `production/orders-callers`
   */
  readonly registrationName?: string;
}
