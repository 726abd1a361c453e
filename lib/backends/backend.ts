import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Audience } from "../entra/audience";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";

/** What a backend is told when it is bound. */
export interface BackendBindOptions {
  /** The gateway that is going to call the backend. */
  readonly gateway: IApimGateway;

  /** Name for what the backend makes, in kebab-case, unless the user named it. */
  readonly defaultName: string;
}

/** What the gateway needs to know of a backend. */
export interface BackendConfig {
  /** `https://` address that the gateway forwards to, without a slash at its end. */
  readonly url: string;

  /** For whom the gateway's token is. */
  readonly audience: Audience;

  /** What the backend needs of a request besides the token, for example a header; `PolicyDocument.EMPTY` for nothing. */
  readonly policy: PolicyDocument;

  /** What must exist before the gateway's first call can succeed. */
  readonly ready: ITerraformDependable[];
}

/** Something that the gateway can call: a strategy, made by `Backend`, that is bound to one API. */
export interface IApimBackend {
  /** Called by `SecureApimBackend`, once. */
  bind(scope: Construct, options: BackendBindOptions): BackendConfig;
}
