import { Token } from "cdktf";
import { fail } from "../../core/fail";
import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { optionalNumber, wholeNumber } from "./writing/arguments";
import { node } from "./writing/xml";
import { requireProps } from "../../core/given";

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

export function quotaByKey(props: QuotaByKeyProps): StatementConfig {
  const call = "PolicyStatement.quotaByKey";
  requireProps(call, props, "PolicyStatement.quotaByKey({ calls: 10000, renewalPeriodSeconds: 86400, counterKey })");
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
    "counter-key": checkedValue(call, "counterKey", props.counterKey)._attribute,
    "increment-condition":
      props.incrementCondition &&
      checkedValue(call, "incrementCondition", props.incrementCondition)._condition(call, "incrementCondition"),
  };
  return inbound(PolicySlot.USER, "quota-by-key", node("quota-by-key", attributes));
}

function quotaPeriod(call: string, seconds: number): string {
  if (!Token.isUnresolved(seconds) && seconds !== 0 && seconds < 300)
    fail(
      call,
      "quota-period-too-short",
      `The period of a quota is at least 300 seconds, but renewalPeriodSeconds is ${seconds}.`,
      "Write 300 or more, or 0 for a quota that never renews. For a shorter period, use PolicyStatement.rateLimitByKey.",
    );
  return wholeNumber(call, "renewalPeriodSeconds", seconds, 0);
}
