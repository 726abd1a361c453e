import { condition, optionalNumber, ratePeriod, wholeNumber } from "./writing/arguments";
import { node } from "./writing/xml";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { announcements, RateLimitOptions } from "./rate-limit";

/** A rate limit on whatever has the same key. */
export interface RateLimitByKeyProps extends RateLimitOptions {
  /** Number of calls that are allowed in a period. */
  readonly calls: number;

  /** Length of the sliding period in seconds, 300 at most. */
  readonly renewalPeriodSeconds: number;

  /** What is counted: calls with the same key share one counter, in all APIs whose policies use it. */
  readonly counterKey: PolicyValue;

  /**
   * Which calls count, once the backend has answered.
   *
   * @default - all
   */
  readonly incrementCondition?: PolicyValue;

  /**
   * By how much a call raises the counter.
   *
   * @default 1
   */
  readonly incrementCount?: number;
}

/** See `PolicyStatement.rateLimitByKey`. */
export function rateLimitByKey(props: RateLimitByKeyProps): IPolicyStatement {
  const call = "PolicyStatement.rateLimitByKey";
  const counted = props.incrementCondition;
  const attributes = {
    calls: wholeNumber(call, "calls", props.calls, 1),
    "renewal-period": ratePeriod(call, props.renewalPeriodSeconds),
    "counter-key": props.counterKey._attribute,
    "increment-condition": counted === undefined ? undefined : condition(call, "incrementCondition", counted),
    "increment-count": optionalNumber(call, "incrementCount", props.incrementCount, 1),
    ...announcements(call, props),
  };
  return inbound(PolicySlot.USER, "rate-limit-by-key", node("rate-limit-by-key", attributes));
}
