import { Construct } from "constructs";
import { fail } from "../core/fail";
import { described } from "../core/given";
import { PolicyDocument } from "../policy/policy-document";

/** One operation of an API. */
export interface ApiOperation {
  /** HTTP method. */
  readonly method: HttpMethod;

  /**
   * Path below that of the API, a plain string of at most 1000 characters such as `/orders/{id}`. `{*rest}` matches everything that
   * follows, and must be last.
   */
  readonly urlTemplate: string;

  /**
   * What consumers read about the parameters in the path.
   *
   * @default - all are strings
   */
  readonly parameters?: UrlParameter[];

  /**
   * Title that consumers see, 1 to 300 characters.
   *
   * @default - method and URL template, or their beginning
   */
  readonly displayName?: string;

  /**
   * Description that consumers see, at most 1000 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Name of the operation, a plain string that is unique in the API. The Terraform address contains it.
   *
   * @default - method and URL template in kebab-case, for example `get-orders-id`; cut to 80 characters, of which the last six are a
   * hash of method and URL template
   */
  readonly operationId?: string;
}

/** An HTTP method. TRACE is not supported: it sends a request back as it arrived, including the gateway's token. */
export enum HttpMethod {
  /** Reads. */
  GET = "GET",
  /** Reads only the headers. */
  HEAD = "HEAD",
  /** Creates. */
  POST = "POST",
  /** Replaces. */
  PUT = "PUT",
  /** Changes a part. */
  PATCH = "PATCH",
  /** Removes. */
  DELETE = "DELETE",
  /** Asks what is allowed. An OPTIONS operation gets preflight requests instead of a `cors` policy: call `passThroughOptions(reason)`. */
  OPTIONS = "OPTIONS",
}

/** Fails for a method that API Management operations do not have here. */
export function checkMethod(scope: Construct, method: HttpMethod): void {
  const methods = Object.values(HttpMethod);
  if (!methods.includes(method))
    fail(
      scope,
      "unknown-method",
      `The method ${described(method)} is not one of ${methods.join(", ")}. TRACE is not supported, because it would return the ` +
        `gateway's token.`,
      "Write a member of HttpMethod, such as HttpMethod.GET.",
    );
}

/** Fails for OPTIONS operations without a reason: they pass on what a `cors` policy would answer. */
export function checkOptionsReason(scope: Construct, factory: string, hasOptions: boolean, reason?: string): void {
  if (hasOptions && reason === undefined)
    fail(
      scope,
      "options-without-reason",
      "The API has an OPTIONS operation, but passing OPTIONS on requires a reason.",
      `Remove the operation, or write ${factory}(...).passThroughOptions("why").`,
    );
}

/** The type of a parameter, as in JSON Schema. */
export enum UrlParameterType {
  /** Any string. */
  STRING = "string",
  /** A whole number. */
  INTEGER = "integer",
  /** A number. */
  NUMBER = "number",
  /** `true` or `false`. */
  BOOLEAN = "boolean",
}

/**
 * What consumers read about a parameter in a URL template, in the developer portal and in exported OpenAPI. API Management accepts any
 * value unless a `validate-parameters` policy checks it.
 *
 * @see https://learn.microsoft.com/azure/api-management/validate-parameters-policy
 */
export interface UrlParameter {
  /** Name in the URL template, without braces and `*`. */
  readonly name: string;

  /**
   * Type of the parameter.
   *
   * @default UrlParameterType.STRING
   */
  readonly type?: UrlParameterType;

  /**
   * Description that consumers see.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * All values that the parameter can have.
   *
   * @default - any
   */
  readonly values?: string[];
}

/** What one operation does in addition to the policy of its API. */
export interface OperationPolicy {
  /** Name of the operation, a plain string. In a wildcard API it is the method in lower case. */
  readonly operationId: string;

  /**
   * Statements that run before the policy of the API, such as another validation or a limit. Or a document with `<base />` in its
   * inbound section, where the policy of the API runs. Statements after `<base />` see the gateway's token; a statement that could
   * misuse the token there is an error.
   */
  readonly policy: PolicyDocument;
}
