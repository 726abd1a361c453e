import { PolicyDocument } from "../policy/policy-document";

/** What one operation does beside the policy of its API. */
export interface OperationPolicy {
  /** Name of the operation, a literal. That of a wildcard API is its method in lower case. */
  readonly operationId: string;

  /**
   * Statements, which run before the policy of the API: a further validation, a limit of its own. Or a document with a `<base />` in its
   * inbound section, which is where the policy of the API runs; what stands after it meets the gateway's token, and an error says
   * where it must not.
   */
  readonly policy: PolicyDocument;
}
