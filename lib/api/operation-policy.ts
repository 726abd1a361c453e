import { PolicyDocument } from "../policy/policy-document";

/** What one operation does in addition to the policy of its API. */
export interface OperationPolicy {
  /** Name of the operation, a plain string. In a wildcard API it is the method in lower case. */
  readonly operationId: string;

  /**
   * Statements that run before the policy of the API, such as another validation or a limit. Or a document with `<base />` in its
   * inbound section, where the policy of the API runs. Statements after `<base />` see the gateway's token; those that must not are
   * an error.
   */
  readonly policy: PolicyDocument;
}
