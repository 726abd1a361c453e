import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { announcements, RateLimitOptions } from "./rate-limit";
import { optionalNumber, ratePeriod, wholeNumber } from "./writing/arguments";
import { node } from "./writing/xml";
import { requireProps } from "../../core/given";

/** A rate limit for all calls with the same key. */
export interface RateLimitByKeyProps extends RateLimitOptions {
  /** Number of calls allowed in a period. */
  readonly calls: number;

  /** Length of the sliding period in seconds, at most 300. */
  readonly renewalPeriodSeconds: number;

  /** What is counted: calls with the same key share a counter, across all APIs whose policies use the key. */
  readonly counterKey: PolicyValue;

  /**
   * Which calls count, evaluated after the backend has answered.
   *
   * @default - all
   */
  readonly incrementCondition?: PolicyValue;

  /**
   * How much a call adds to the counter.
   *
   * @default 1
   */
  readonly incrementCount?: number;
}

export function rateLimitByKey(props: RateLimitByKeyProps): StatementConfig {
  const call = "PolicyStatement.rateLimitByKey";
  requireProps(call, props, "PolicyStatement.rateLimitByKey({ calls: 5, renewalPeriodSeconds: 60, counterKey })");
  const attributes = {
    calls: wholeNumber(call, "calls", props.calls, 1),
    "renewal-period": ratePeriod(call, props.renewalPeriodSeconds),
    "counter-key": checkedValue(call, "counterKey", props.counterKey)._attribute,
    "increment-condition":
      props.incrementCondition &&
      checkedValue(call, "incrementCondition", props.incrementCondition)._condition(call, "incrementCondition"),
    "increment-count": optionalNumber(call, "incrementCount", props.incrementCount, 1),
    ...announcements(call, props),
  };
  return inbound(PolicySlot.USER, "rate-limit-by-key", node("rate-limit-by-key", attributes));
}
