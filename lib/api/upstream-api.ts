import { ITerraformDependable } from "cdktf";
import { IConstruct } from "constructs";
import { ICaller } from "../entra/caller";
import { IAppRegistration } from "../entra/registration";
import { ApiVersion } from "./versions/api-version";

/** An API on an API Management gateway, as another gateway sees it that calls it. */
export interface IUpstreamApi extends IConstruct {
  /** `https://` address of the API. */
  readonly apiUrl: string;

  /**
   * The Entra app registration that stands for the API: callers bring tokens for it.
   *
   * @default - none: consumers bring a subscription key
   */
  readonly apiRegistration?: IAppRegistration;

  /**
   * Which version of an API it is.
   *
   * @default - the API has no versions
   */
  readonly apiVersion?: ApiVersion;

  /** What must exist before the API lets its callers in, and nobody else. */
  readonly apiDependencies: ITerraformDependable[];

  /** Whether the API lets the caller in by its identity. */
  admits(caller: ICaller): boolean;
}
