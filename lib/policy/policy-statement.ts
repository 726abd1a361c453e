import { PolicySection, StatementConfig } from "./statement";
import { PolicyValue } from "./policy-value";
import {
  forwardCallerIdentity,
  ForwardCallerIdentityOptions,
  forwardInheritedCallerIdentity,
} from "./statements/caller-identity";
import {
  quotaByKey,
  QuotaByKeyProps,
  rateLimit,
  rateLimitByKey,
  RateLimitByKeyProps,
  RateLimitOptions,
} from "./statements/call-limits";
import { cors, CorsProps } from "./statements/cors";
import { requireEntraToken, RequireEntraTokenProps } from "./statements/entra-token";
import { forwardRequest, ForwardRequestOptions } from "./statements/forward-request";
import { includeFragment, IncludeFragmentOptions } from "./statements/include-fragment";
import { ipFilter, IpFilterProps } from "./statements/ip-filter";
import { requireJwt, RequireJwtProps } from "./statements/jwt";
import { llmEmitTokenMetric, LlmEmitTokenMetricProps } from "./statements/llm-emit-token-metric";
import { llmTokenLimit, LlmTokenLimitProps } from "./statements/llm-token-limit";
import { raw } from "./statements/raw";
import { requireHeader, RequireHeaderProps } from "./statements/require-header";
import { retry, RetryProps } from "./statements/retry";
import { rewriteUri, RewriteUriOptions } from "./statements/rewrite-uri";
import { removeHeader, RemoveHeaderOptions, setHeader, SetHeaderOptions } from "./statements/set-header";
import { removeQueryParameter, setQueryParameter, SetQueryParameterOptions } from "./statements/set-query-parameter";

/**
 * A statement of a policy document. Anything that API Management would reject or misread is an error here, before Terraform
 * runs. For policies that have no factory, use `raw`.
 */
export class PolicyStatement {
  /**
   * Accepts requests with a token from your Entra tenant, and answers 401 to all others. Runs after `<base />`.
   *
   * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
   */
  public static requireEntraToken(props: RequireEntraTokenProps): PolicyStatement {
    return new PolicyStatement(requireEntraToken(props));
  }

  /**
   * Accepts requests with a token from an OpenID Connect issuer, and answers 401 to all others. Runs after `<base />`.
   *
   * @see https://learn.microsoft.com/azure/api-management/validate-jwt-policy
   */
  public static requireJwt(props: RequireJwtProps): PolicyStatement {
    return new PolicyStatement(requireJwt(props));
  }

  /**
   * Tells the backend who the caller is, in the headers `X-Caller-Object-Id` (claim `oid`), `X-Caller-Tenant-Id` (`tid`),
   * `X-Caller-Client-Id` (`azp`, or `appid` if there is none) and `X-Caller-Subject` (`sub`). A header is empty if the token
   * lacks the claim. Values that a consumer sends in these headers are replaced, so the backend can trust them. Requires
   * `requireEntraToken` or `requireJwt`: without a validated token, the request fails.
   *
   * @param options where the identity is taken from
   * @see https://learn.microsoft.com/azure/api-management/set-header-policy
   */
  public static forwardCallerIdentity(options?: ForwardCallerIdentityOptions): PolicyStatement {
    return new PolicyStatement(forwardCallerIdentity(options ?? {}));
  }

  /**
   * Like `forwardCallerIdentity`, for a token that is validated before this policy runs: by a parent policy, whose `<base />`
   * comes first, or by the policy that includes a `SecurePolicyFragment`. The library cannot check that it is validated.
   *
   * @param tokenVariableName variable that holds the validated token: the `output-token-variable-name` of that policy
   * @param reason which policy validates it
   */
  public static forwardInheritedCallerIdentity(tokenVariableName: string, reason: string): PolicyStatement {
    return new PolicyStatement(forwardInheritedCallerIdentity(tokenVariableName, reason));
  }

  /**
   * Answers 429 to a subscription that calls too often. Calls without a subscription key are not counted. Allowed once in a
   * document.
   *
   * @param calls number of calls allowed in a period
   * @param renewalPeriodSeconds length of the sliding period in seconds, at most 300
   * @param options which headers and variables report the limit
   * @see https://learn.microsoft.com/azure/api-management/rate-limit-policy
   */
  public static rateLimit(calls: number, renewalPeriodSeconds: number, options?: RateLimitOptions): PolicyStatement {
    return new PolicyStatement(rateLimit(calls, renewalPeriodSeconds, options ?? {}));
  }

  /**
   * Answers 429 when calls with the same key come too often. Not available in the Consumption tier.
   *
   * @see https://learn.microsoft.com/azure/api-management/rate-limit-by-key-policy
   */
  public static rateLimitByKey(props: RateLimitByKeyProps): PolicyStatement {
    return new PolicyStatement(rateLimitByKey(props));
  }

  /**
   * Answers 403 when calls with the same key have used up their quota. Not available in the Consumption tier.
   *
   * @see https://learn.microsoft.com/azure/api-management/quota-by-key-policy
   */
  public static quotaByKey(props: QuotaByKeyProps): PolicyStatement {
    return new PolicyStatement(quotaByKey(props));
  }

  /**
   * Limits the tokens of a language model that calls with the same key use: answers 429 above `tokensPerMinute`, and 403 above
   * `tokenQuota`. For APIs of models with the schema of OpenAI, or of Anthropic on the v2 tiers. Not available in the Consumption tier.
   *
   * @see https://learn.microsoft.com/azure/api-management/llm-token-limit-policy
   */
  public static llmTokenLimit(props: LlmTokenLimitProps): PolicyStatement {
    return new PolicyStatement(llmTokenLimit(props));
  }

  /**
   * Sends how many tokens of a language model the calls use to Application Insights. Requires diagnostics of the API in Application
   * Insights (`ApiDiagnostics.applicationInsights`), and custom metrics with dimensions there.
   *
   * @see https://learn.microsoft.com/azure/api-management/llm-emit-token-metric-policy
   */
  public static llmEmitTokenMetric(props: LlmEmitTokenMetricProps): PolicyStatement {
    return new PolicyStatement(llmEmitTokenMetric(props));
  }

  /**
   * Lets web pages of other origins call the API from a browser. Runs before all other statements. Allowed once in a document.
   *
   * @see https://learn.microsoft.com/azure/api-management/cors-policy
   */
  public static cors(props: CorsProps): PolicyStatement {
    return new PolicyStatement(cors(props));
  }

  /**
   * Accepts or rejects requests by the IP address of the caller. Runs among the token checks, in the order in which you write
   * them.
   *
   * @see https://learn.microsoft.com/azure/api-management/ip-filter-policy
   */
  public static ipFilter(props: IpFilterProps): PolicyStatement {
    return new PolicyStatement(ipFilter(props));
  }

  /**
   * Accepts requests in which a header has one of some values, and answers 403 to all others. Runs among the token checks, in the order
   * in which you write them. For a secret value, use a named value: `namedValue.policyValue`.
   *
   * A header says where a request comes from only if nobody else can know its value, such as the ID of your Front Door.
   *
   * @see https://learn.microsoft.com/azure/api-management/check-header-policy
   */
  public static requireHeader(props: RequireHeaderProps): PolicyStatement {
    return new PolicyStatement(requireHeader(props));
  }

  /**
   * Sets a header of the request, or of the response in another section. Headers of the connection are an error, and so are
   * `Authorization` and `X-Caller-*` in the request, which the gateway sets.
   *
   * @param name a letter, followed by letters, digits, `_` and `-`
   * @param value ASCII if it is a literal
   * @param options in which section, and what happens to values that the header already has
   * @see https://learn.microsoft.com/azure/api-management/set-header-policy
   */
  public static setHeader(name: string, value: PolicyValue, options?: SetHeaderOptions): PolicyStatement {
    return new PolicyStatement(setHeader(name, value, options ?? {}));
  }

  /**
   * Removes a header of the request, or of the response in another section.
   *
   * @param name a letter, followed by letters, digits, `_` and `-`
   * @param options in which section
   * @see https://learn.microsoft.com/azure/api-management/set-header-policy
   */
  public static removeHeader(name: string, options?: RemoveHeaderOptions): PolicyStatement {
    return new PolicyStatement(removeHeader(name, options ?? {}));
  }

  /**
   * Sets a query parameter of the request to the backend.
   *
   * @param name a letter, `_` or `$`, followed by letters, digits, `_`, `.`, `$` and `-`
   * @param value the value, before URL encoding
   * @param options what happens to values that the parameter already has
   * @see https://learn.microsoft.com/azure/api-management/set-query-parameter-policy
   */
  public static setQueryParameter(
    name: string,
    value: PolicyValue,
    options?: SetQueryParameterOptions,
  ): PolicyStatement {
    return new PolicyStatement(setQueryParameter(name, value, options ?? {}));
  }

  /**
   * Removes a query parameter of the request to the backend.
   *
   * @param name a letter, `_` or `$`, followed by letters, digits, `_`, `.`, `$` and `-`
   * @see https://learn.microsoft.com/azure/api-management/set-query-parameter-policy
   */
  public static removeQueryParameter(name: string): PolicyStatement {
    return new PolicyStatement(removeQueryParameter(name));
  }

  /**
   * Calls the backend at a different path than the one that the consumer called.
   *
   * @param template path and query; a literal begins with a slash and can hold parameters of the operation: `/orders/{id}`
   * @param options what happens to other query parameters
   * @see https://learn.microsoft.com/azure/api-management/rewrite-uri-policy
   */
  public static rewriteUri(template: PolicyValue, options?: RewriteUriOptions): PolicyStatement {
    return new PolicyStatement(rewriteUri(template, options ?? {}));
  }

  /**
   * Forwards the request, and sends it again while the backend is busy. It is the only statement of the backend section.
   *
   * @see https://learn.microsoft.com/azure/api-management/retry-policy
   */
  public static retry(props: RetryProps): PolicyStatement {
    return new PolicyStatement(retry(props));
  }

  /**
   * Changes how the request is forwarded. It is the only statement of the backend section.
   *
   * @param options what to change; everything else keeps the default of API Management
   * @see https://learn.microsoft.com/azure/api-management/forward-request-policy
   */
  public static forwardRequest(options?: ForwardRequestOptions): PolicyStatement {
    return new PolicyStatement(forwardRequest(options ?? {}));
  }

  /**
   * Includes a policy fragment of the API Management service. The content of the fragment is not checked.
   *
   * @param fragmentId name of the fragment; pass the name of your `ApiManagementPolicyFragment` object to make Terraform create
   * the fragment first
   * @param options in which section
   * @see https://learn.microsoft.com/azure/api-management/include-fragment-policy
   */
  public static includeFragment(fragmentId: string, options?: IncludeFragmentOptions): PolicyStatement {
    return new PolicyStatement(includeFragment(fragmentId, options ?? {}));
  }

  /**
   * Your own XML, for policies that have no factory here. It is written unchanged, including expressions and named values.
   * Terraform values are escaped for text and double-quoted attributes, and must not contain code or markup.
   *
   * In the inbound section, XML that consists of `validate-jwt` and `validate-azure-ad-token` only is placed where `requireJwt` is: after
   * `<base />`, before the statements that read the validated token. All other XML is placed among your other statements, and so is a
   * validation that reads `context.Variables`.
   *
   * @param section where the statements run
   * @param xml the elements of the section, without `<base />`
   * @see https://learn.microsoft.com/azure/api-management/api-management-policies
   */
  public static raw(section: PolicySection, xml: string): PolicyStatement {
    return new PolicyStatement(raw(section, xml));
  }

  private constructor(private readonly config: StatementConfig) {}

  /** @internal */
  public get _config(): StatementConfig {
    return this.config;
  }
}
