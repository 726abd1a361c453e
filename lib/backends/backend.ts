import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { Audience } from "../entra/audience";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { BranchCondition } from "../policy/branch-condition";
import { CircuitBreaker } from "./circuit-breaker";

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
  readonly dependencies: ITerraformDependable[];
}

/** Something that the gateway can call: a strategy, made by `Backend`, that is bound to one API. */
export interface IApimBackend {
  /** Called by `SecureApimBackend`, once. */
  bind(scope: Construct, options: BackendBindOptions): BackendConfig;
}

/** Another backend of an API, which is called instead of the main one when a condition holds. */
export interface BackendBranch {
  /** A short literal name in kebab-case. Construct ids and names on the gateway are made of it. */
  readonly name: string;

  /** When this backend is called. Conditions are tried in the order of branches; the first that holds decides. */
  readonly when: BranchCondition;

  /** What is called. The gateway gets a token for it, and no other. */
  readonly backend: IApimBackend;

  /**
   * When the backend of the branch is left alone because it fails. Not on the Consumption tier.
   *
   * @default - never
   */
  readonly circuitBreaker?: CircuitBreaker;
}
