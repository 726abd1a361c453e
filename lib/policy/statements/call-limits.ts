import { Token } from "cdktf";
import { fail } from "../../core/fail";
import { described } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { POLICY_NAMES } from "../names";
import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { optionalName, optionalNumber, unknownNumber, wholeNumber } from "./writing/arguments";
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

/** The names of its properties. */
const RATE_LIMIT_OPTIONS: PropertyNames<RateLimitOptions> = {
  remainingCallsHeaderName: true,
  remainingCallsVariableName: true,
  retryAfterHeaderName: true,
  retryAfterVariableName: true,
  totalCallsHeaderName: true,
};

export function rateLimit(calls: number, renewalPeriodSeconds: number, options: RateLimitOptions): StatementConfig {
  const call = "PolicyStatement.rateLimit";
  requireOnly(call, call, options, {
    names: RATE_LIMIT_OPTIONS,
    example: `${call}(100, 60, { remainingCallsHeaderName: "X-Remaining" })`,
  });
  const attributes = {
    calls: wholeNumber(call, "calls", calls, 1),
    "renewal-period": ratePeriod(call, renewalPeriodSeconds),
    ...announcements(call, options),
  };
  return inbound(PolicySlot.USER, "rate-limit", node("rate-limit", attributes));
}

/** The attributes that both rate limits have. */
function announcements(call: string, options: RateLimitOptions): Attributes {
  const { header, variable } = POLICY_NAMES;
  return {
    "retry-after-header-name": optionalName(call, header, options.retryAfterHeaderName),
    "retry-after-variable-name": optionalName(call, variable, options.retryAfterVariableName),
    "remaining-calls-header-name": optionalName(call, header, options.remainingCallsHeaderName),
    "remaining-calls-variable-name": optionalName(call, variable, options.remainingCallsVariableName),
    "total-calls-header-name": optionalName(call, header, options.totalCallsHeaderName),
  };
}

/** Which calls share a counter, and which of them count. */
function counter(call: string, { counterKey, incrementCondition }: RateLimitByKeyProps | QuotaByKeyProps): Attributes {
  const name = "incrementCondition";
  return {
    "counter-key": checkedValue(call, "counterKey", counterKey)._attribute,
    "increment-condition": incrementCondition && checkedValue(call, name, incrementCondition)._condition(call, name),
  };
}

/** A rate limit for all calls with the same key. */
export interface RateLimitByKeyProps extends RateLimitOptions {
  /** Number of calls allowed in a period. */
  readonly calls: number;

  /** Length of the sliding period in seconds, at most 300. */
  readonly renewalPeriodSeconds: number;

  /**
   * How much a call adds to the counter.
   *
   * @default 1
   */
  readonly incrementCount?: number;

  /** What is counted: calls with the same key share a counter, across all APIs whose policies use the key. */
  readonly counterKey: PolicyValue;

  /**
   * Which calls count, evaluated after the backend has answered.
   *
   * @default - all
   */
  readonly incrementCondition?: PolicyValue;
}

/** The names of its properties. */
const RATE_LIMIT_BY_KEY_PROPS: PropertyNames<RateLimitByKeyProps> = {
  remainingCallsHeaderName: true,
  remainingCallsVariableName: true,
  retryAfterHeaderName: true,
  retryAfterVariableName: true,
  totalCallsHeaderName: true,
  calls: true,
  counterKey: true,
  renewalPeriodSeconds: true,
  incrementCondition: true,
  incrementCount: true,
};

export function rateLimitByKey(props: RateLimitByKeyProps): StatementConfig {
  const call = "PolicyStatement.rateLimitByKey";
  requireOnly(call, call, props, {
    names: RATE_LIMIT_BY_KEY_PROPS,
    example: "PolicyStatement.rateLimitByKey({ calls: 5, renewalPeriodSeconds: 60, counterKey })",
  });
  const attributes = {
    calls: wholeNumber(call, "calls", props.calls, 1),
    "renewal-period": ratePeriod(call, props.renewalPeriodSeconds),
    ...counter(call, props),
    "increment-count": optionalNumber(call, "incrementCount", props.incrementCount, 1),
    ...announcements(call, props),
  };
  return inbound(PolicySlot.USER, "rate-limit-by-key", node("rate-limit-by-key", attributes));
}

/** A quota for all calls with the same key. Requires `calls`, `bandwidthKilobytes` or both. */
export interface QuotaByKeyProps {
  /**
   * Number of calls allowed in a period.
   *
   * @default - any number
   */
  readonly calls?: number;

  /**
   * Number of kilobytes allowed in a period.
   *
   * @default - any number
   */
  readonly bandwidthKilobytes?: number;

  /** Length of the fixed period in seconds, at least 300; 0 for a quota that never renews. */
  readonly renewalPeriodSeconds: number;

  /** What is counted: calls with the same key share a counter, across all APIs whose policies use the key. */
  readonly counterKey: PolicyValue;

  /**
   * Which calls count, evaluated after the backend has answered.
   *
   * @default - all
   */
  readonly incrementCondition?: PolicyValue;
}

/** The names of its properties. */
const QUOTA_BY_KEY_PROPS: PropertyNames<QuotaByKeyProps> = {
  counterKey: true,
  renewalPeriodSeconds: true,
  bandwidthKilobytes: true,
  calls: true,
  incrementCondition: true,
};

export function quotaByKey(props: QuotaByKeyProps): StatementConfig {
  const call = "PolicyStatement.quotaByKey";
  requireOnly(call, call, props, {
    names: QUOTA_BY_KEY_PROPS,
    example: "PolicyStatement.quotaByKey({ calls: 10000, renewalPeriodSeconds: 86400, counterKey })",
  });
  if (props.calls === undefined && props.bandwidthKilobytes === undefined)
    fail(
      call,
      "quota-without-limit",
      "Neither calls nor bandwidthKilobytes is set.",
      "Write one or both of them, for example calls: 10000.",
    );
  const attributes = {
    calls: optionalNumber(call, "calls", props.calls, 1),
    bandwidth: optionalNumber(call, "bandwidthKilobytes", props.bandwidthKilobytes, 1, Number.MAX_SAFE_INTEGER),
    "renewal-period": quotaPeriod(call, props.renewalPeriodSeconds),
    ...counter(call, props),
  };
  return inbound(PolicySlot.USER, "quota-by-key", node("quota-by-key", attributes));
}

function quotaPeriod(call: string, seconds: number): string {
  if (!Token.isUnresolved(seconds) && seconds !== 0 && seconds < 300)
    fail(
      call,
      "quota-period-too-short",
      `The period of a quota is at least 300 seconds, but renewalPeriodSeconds is ${described(seconds)}.`,
      "Write 300 or more, or 0 for a quota that never renews. For a shorter period, use PolicyStatement.rateLimitByKey.",
    );
  return wholeNumber(call, "renewalPeriodSeconds", seconds, 0);
}

/** The period of a rate limit. */
function ratePeriod(call: string, seconds: number): string {
  if (Token.isUnresolved(seconds)) return unknownNumber(`renewalPeriodSeconds in ${call}`, seconds);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 300)
    fail(
      call,
      "rate-period-out-of-range",
      `The period of a rate limit is 1 to 300 seconds, but renewalPeriodSeconds is ${described(seconds)}.`,
      "Write a whole number from 1 to 300. For a longer period, use PolicyStatement.quotaByKey.",
    );
  return String(seconds);
}
