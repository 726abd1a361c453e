import { Token } from "cdktf";
import { condition, optionalNumber, wholeNumber } from "./writing/arguments";
import { node } from "./writing/xml";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { fail } from "../../core/fail";

/** A quota on whatever has the same key. At least one of `calls` and `bandwidthKilobytes` is needed. */
export interface QuotaByKeyProps {
  /**
   * Number of calls that are allowed in a period.
   *
   * @default - any number
   */
  readonly calls?: number;

  /**
   * Number of kilobytes that are allowed in a period.
   *
   * @default - any number
   */
  readonly bandwidthKilobytes?: number;

  /** Length of the fixed period in seconds, 300 at least; 0 for a quota that never renews. */
  readonly renewalPeriodSeconds: number;

  /** What is counted: calls with the same key share one counter, in all APIs whose policies use it. */
  readonly counterKey: PolicyValue;

  /**
   * Which calls count, once the backend has answered.
   *
   * @default - all
   */
  readonly incrementCondition?: PolicyValue;
}

/** See `PolicyStatement.quotaByKey`. */
export function quotaByKey(props: QuotaByKeyProps): IPolicyStatement {
  const call = "PolicyStatement.quotaByKey";
  if (props.calls === undefined && props.bandwidthKilobytes === undefined)
    fail(
      call,
      "quota-of-nothing",
      "neither calls nor bandwidthKilobytes is given. Write one of them, or both: calls: 10000.",
    );
  const counted = props.incrementCondition;
  const attributes = {
    calls: optionalNumber(call, "calls", props.calls, 1),
    bandwidth: optionalNumber(call, "bandwidthKilobytes", props.bandwidthKilobytes, 1, Number.MAX_SAFE_INTEGER),
    "renewal-period": quotaPeriod(call, props.renewalPeriodSeconds),
    "counter-key": props.counterKey._attribute,
    "increment-condition": counted === undefined ? undefined : condition(call, "incrementCondition", counted),
  };
  return inbound(PolicySlot.USER, "quota-by-key", node("quota-by-key", attributes));
}

function quotaPeriod(call: string, seconds: number): string {
  const tooShort = !Token.isUnresolved(seconds) && seconds !== 0 && seconds < 300;
  if (tooShort)
    fail(
      call,
      "quota-period-too-short",
      `renewalPeriodSeconds is ${seconds}, but a quota runs for 300 seconds at least. ` +
        `Write 300 or more, 0 for a quota that never renews, or PolicyStatement.rateLimitByKey for shorter periods.`,
    );
  return wholeNumber(call, "renewalPeriodSeconds", seconds, 0);
}
