import { PolicySection } from "../policy-section";
import { PolicyValue } from "../policy-value";
import { PolicySlot, StatementConfig } from "../statement";
import { forwardRequestElement } from "./forward-request";
import { RetryInterval } from "./retry-interval";
import { wholeNumber } from "./writing/arguments";
import { node } from "./writing/xml";

const BUSY = PolicyValue.expression("context.Response.StatusCode == 429 || context.Response.StatusCode == 503");

/** When and how often a request is sent to the backend again. The gateway keeps the body of the request for this. */
export interface RetryProps {
  /** How often it is sent again, 1 to 50 times. */
  readonly count: number;

  /** How long the gateway waits before each attempt. */
  readonly interval: RetryInterval;

  /**
   * The responses after which the request is sent again. This includes methods that must not run twice, such as POST, so choose
   * responses which say that nothing was done.
   *
   * @default - 429 and 503, which say that the backend is busy
   */
  readonly condition?: PolicyValue;

  /**
   * Whether the first retry is immediate.
   *
   * @default false
   */
  readonly firstFastRetry?: boolean;

  /**
   * Seconds within which the backend must begin to answer each time. Above 240, the network may give up first.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
}

/** See `PolicyStatement.retry`. */
export function retry(props: RetryProps): StatementConfig {
  const call = "PolicyStatement.retry";
  const attributes = {
    condition: (props.condition ?? BUSY)._condition(call, "condition"),
    count: wholeNumber(call, "count", props.count, 1, 50),
    ...props.interval._attributes,
    "first-fast-retry": String(props.firstFastRetry ?? false),
  };
  const forward = forwardRequestElement(call, { timeoutSeconds: props.timeoutSeconds, bufferRequestBody: true });
  const xml = node("retry", attributes, [forward]);
  return { section: PolicySection.BACKEND, slot: PolicySlot.USER, kind: "retry", xml };
}
