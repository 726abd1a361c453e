import { inbound, PolicySlot, StatementConfig } from "../statement";
import { optionalName, ratePeriod, wholeNumber } from "./writing/arguments";
import { POLICY_NAMES } from "../names";
import { Attributes, node } from "./writing/xml";

/** Which headers and variables report a rate limit to consumers and to later statements. */
export interface RateLimitOptions {
  /**
   * Response header with the number of seconds after which a rejected consumer can try again.
   *
   * @default "Retry-After"
   */
  readonly retryAfterHeaderName?: string;

  /**
   * Variable with the number of seconds after which a rejected consumer can try again.
   *
   * @default - none
   */
  readonly retryAfterVariableName?: string;

  /**
   * Response header with the number of calls left.
   *
   * @default - none
   */
  readonly remainingCallsHeaderName?: string;

  /**
   * Variable with the number of calls left.
   *
   * @default - none
   */
  readonly remainingCallsVariableName?: string;

  /**
   * Response header with the number of calls allowed.
   *
   * @default - none
   */
  readonly totalCallsHeaderName?: string;
}

export function rateLimit(calls: number, renewalPeriodSeconds: number, options: RateLimitOptions): StatementConfig {
  const call = "PolicyStatement.rateLimit";
  const attributes = {
    calls: wholeNumber(call, "calls", calls, 1),
    "renewal-period": ratePeriod(call, renewalPeriodSeconds),
    ...announcements(call, options),
  };
  return inbound(PolicySlot.USER, "rate-limit", node("rate-limit", attributes));
}

/** The attributes that both rate limits have. */
export function announcements(call: string, options: RateLimitOptions): Attributes {
  const { header, variable } = POLICY_NAMES;
  return {
    "retry-after-header-name": optionalName(call, header, options.retryAfterHeaderName),
    "retry-after-variable-name": optionalName(call, variable, options.retryAfterVariableName),
    "remaining-calls-header-name": optionalName(call, header, options.remainingCallsHeaderName),
    "remaining-calls-variable-name": optionalName(call, variable, options.remainingCallsVariableName),
    "total-calls-header-name": optionalName(call, header, options.totalCallsHeaderName),
  };
}
