import { BranchCondition } from "../policy/branch-condition";
import { CircuitBreaker } from "./circuit-breaker";
import { IApimBackend } from "./backend";

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
