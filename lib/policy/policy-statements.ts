import {
  forwardCallerIdentity,
  ForwardCallerIdentityOptions,
  forwardInheritedCallerIdentity,
} from "./statements/caller-identity";
import { cors, CorsProps } from "./statements/cors";
import { requireEntraToken, RequireEntraTokenProps } from "./statements/entra-token";
import { forwardRequest, ForwardRequestOptions } from "./statements/forward-request";
import { includeFragment, IncludeFragmentOptions } from "./statements/include-fragment";
import { ipFilter, IpFilterProps } from "./statements/ip-filter";
import { requireJwt, RequireJwtProps } from "./statements/jwt";
import { quotaByKey, QuotaByKeyProps } from "./statements/quota-by-key";
import { rateLimit, RateLimitOptions } from "./statements/rate-limit";
import { rateLimitByKey, RateLimitByKeyProps } from "./statements/rate-limit-by-key";
import { raw } from "./statements/raw";
import { retry, RetryProps } from "./statements/retry";
import { rewriteUri, RewriteUriOptions } from "./statements/rewrite-uri";
import { removeHeader, RemoveHeaderOptions, setHeader, SetHeaderOptions } from "./statements/set-header";
import { removeQueryParameter, setQueryParameter, SetQueryParameterOptions } from "./statements/set-query-parameter";
import { IPolicyStatement, PolicySection } from "./policy-statement";
import { PolicyValue } from "./policy-value";

/**
 * The statements of a policy document. What API Management would refuse, or would take for something else than was meant, is
 * refused here, before Terraform runs.
 */
export class PolicyStatement {
  /**
   * Lets in whoever brings a token that the Entra tenant issued, and answers 401 to everybody else. Stands after `<base />`.
   *
   * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
   */
  public static requireEntraToken(props: RequireEntraTokenProps): IPolicyStatement {
    return requireEntraToken(props);
  }

  /**
   * Lets in whoever brings a token of an OpenID Connect issuer, and answers 401 to everybody else. Stands after `<base />`.
   *
   * @see https://learn.microsoft.com/azure/api-management/validate-jwt-policy
   */
  public static requireJwt(props: RequireJwtProps): IPolicyStatement {
    return requireJwt(props);
  }

  /**
   * Tells the backend who calls, in the headers `X-Caller-Object-Id` (claim `oid`), `X-Caller-Tenant-Id` (`tid`),
   * `X-Caller-Client-Id` (`azp`, else `appid`) and `X-Caller-Subject` (`sub`) of the validated token; a header is empty where
   * the token lacks the claim. Whatever a consumer sends in these headers is replaced. Without a validated token the request
   * fails: it needs `requireEntraToken` or `requireJwt`. A backend may trust the headers, since nobody but the gateway gets in.
   *
   * @param props where the identity is taken from
   * @see https://learn.microsoft.com/azure/api-management/set-header-policy
   */
  public static forwardCallerIdentity(props?: ForwardCallerIdentityOptions): IPolicyStatement {
    return forwardCallerIdentity(props ?? {});
  }

  /**
   * As `forwardCallerIdentity`, of a token that was validated before this policy runs: by a parent policy, whose `<base />` comes
   * first, or by the policy that includes a `SecurePolicyFragment`. Nothing here can see that it is.
   *
   * @param tokenVariableName variable into which the token was validated: the `output-token-variable-name` there
   * @param reason which policy validates it
   */
  public static forwardInheritedCallerIdentity(tokenVariableName: string, reason: string): IPolicyStatement {
    return forwardInheritedCallerIdentity(tokenVariableName, reason);
  }

  /**
   * Answers 429 to a subscription that calls too often. Consumers without a subscription key are not counted. Once in a
   * document.
   *
   * @param calls number of calls that are allowed in a period
   * @param renewalPeriodSeconds length of the sliding period in seconds, 300 at most
   * @param options what consumers are told
   * @see https://learn.microsoft.com/azure/api-management/rate-limit-policy
   */
  public static rateLimit(calls: number, renewalPeriodSeconds: number, options?: RateLimitOptions): IPolicyStatement {
    return rateLimit(calls, renewalPeriodSeconds, options ?? {});
  }

  /**
   * Answers 429 where calls with the same key come too often. Not in the tier Consumption.
   *
   * @see https://learn.microsoft.com/azure/api-management/rate-limit-by-key-policy
   */
  public static rateLimitByKey(props: RateLimitByKeyProps): IPolicyStatement {
    return rateLimitByKey(props);
  }

  /**
   * Answers 403 where calls with the same key have used up what they were given. Not in the tier Consumption.
   *
   * @see https://learn.microsoft.com/azure/api-management/quota-by-key-policy
   */
  public static quotaByKey(props: QuotaByKeyProps): IPolicyStatement {
    return quotaByKey(props);
  }

  /**
   * Lets pages of other sites call the API from a browser. Stands first of all, and once in a document.
   *
   * @see https://learn.microsoft.com/azure/api-management/cors-policy
   */
  public static cors(props: CorsProps): IPolicyStatement {
    return cors(props);
  }

  /**
   * Lets in calls by the address they come from. Stands with the checks of tokens, in the order of writing.
   *
   * @see https://learn.microsoft.com/azure/api-management/ip-filter-policy
   */
  public static ipFilter(props: IpFilterProps): IPolicyStatement {
    return ipFilter(props);
  }

  /**
   * Sets a header of the request, or of the response where the section says so. Refused are headers that belong to the
   * connection, and in the request `Authorization` and `X-Caller-*`, which the gateway sets.
   *
   * @param name letters, digits, _ and - after a letter
   * @param value ASCII where it is a literal
   * @param options where, and what happens to the values that it already has
   * @see https://learn.microsoft.com/azure/api-management/set-header-policy
   */
  public static setHeader(name: string, value: PolicyValue, options?: SetHeaderOptions): IPolicyStatement {
    return setHeader(name, value, options ?? {});
  }

  /**
   * Removes a header of the request, or of the response where the section says so.
   *
   * @param name letters, digits, _ and - after a letter
   * @param options where
   * @see https://learn.microsoft.com/azure/api-management/set-header-policy
   */
  public static removeHeader(name: string, options?: RemoveHeaderOptions): IPolicyStatement {
    return removeHeader(name, options ?? {});
  }

  /**
   * Sets a query parameter of the request to the backend.
   *
   * @param name letters, digits and _ . $ - after a letter, _ or $
   * @param value its value, before it is encoded for an address
   * @param options what happens to the values that it already has
   * @see https://learn.microsoft.com/azure/api-management/set-query-parameter-policy
   */
  public static setQueryParameter(
    name: string,
    value: PolicyValue,
    options?: SetQueryParameterOptions,
  ): IPolicyStatement {
    return setQueryParameter(name, value, options ?? {});
  }

  /**
   * Removes a query parameter of the request to the backend.
   *
   * @param name letters, digits and _ . $ - after a letter, _ or $
   * @see https://learn.microsoft.com/azure/api-management/set-query-parameter-policy
   */
  public static removeQueryParameter(name: string): IPolicyStatement {
    return removeQueryParameter(name);
  }

  /**
   * Calls the backend at another path than the consumer wrote.
   *
   * @param template path and query; a literal begins with a slash, and may hold parameters of the operation: `/orders/{id}`
   * @param options how
   * @see https://learn.microsoft.com/azure/api-management/rewrite-uri-policy
   */
  public static rewriteUri(template: PolicyValue, options?: RewriteUriOptions): IPolicyStatement {
    return rewriteUri(template, options ?? {});
  }

  /**
   * Forwards the request, and does it again where the backend is busy. It is the one statement of the backend section.
   *
   * @see https://learn.microsoft.com/azure/api-management/retry-policy
   */
  public static retry(props: RetryProps): IPolicyStatement {
    return retry(props);
  }

  /**
   * Forwards the request in another way than usual. It is the one statement of the backend section.
   *
   * @param props how; what is not given is as usual
   * @see https://learn.microsoft.com/azure/api-management/forward-request-policy
   */
  public static forwardRequest(props?: ForwardRequestOptions): IPolicyStatement {
    return forwardRequest(props ?? {});
  }

  /**
   * Includes a policy fragment of the API Management service. What it does is not looked into.
   *
   * @param fragmentId its name; that of your `ApiManagementPolicyFragment` object makes Terraform create the fragment first
   * @param options where
   * @see https://learn.microsoft.com/azure/api-management/include-fragment-policy
   */
  public static includeFragment(fragmentId: string, options?: IncludeFragmentOptions): IPolicyStatement {
    return includeFragment(fragmentId, options ?? {});
  }

  /**
   * Statements as you write them, for everything that has no factory here. They are passed on as they are, code and named
   * values included; values that only Terraform knows are escaped for text and double-quoted attributes, and must be neither
   * code nor markup.
   *
   * @param section where they stand
   * @param xml elements as they stand in a section, without `<base />`
   * @see https://learn.microsoft.com/azure/api-management/api-management-policies
   */
  public static raw(section: PolicySection, xml: string): IPolicyStatement {
    return raw(section, xml);
  }

  private constructor() {}
}
