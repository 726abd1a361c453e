import { condition, wholeNumber } from "./writing/arguments";
import { node } from "./writing/xml";
import { statement } from "./writing/statement";
import { IPolicyStatement, PolicySection, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { forwardRequestElement } from "./forward-request";
import { RetryInterval } from "./retry-interval";

const BUSY = PolicyValue.expression("context.Response.StatusCode == 429 || context.Response.StatusCode == 503");

/** When and how often a request is sent to the backend again. Its body is kept for that. */
export interface RetryProps {
  /** How often it is sent again, 1 to 50 times. */
  readonly count: number;

  /** How long the gateway waits before. */
  readonly interval: RetryInterval;

  /**
   * After which responses. Methods that must not run twice, such as POST, are sent again as well: name responses that say that
   * nothing was done.
   *
   * @default - 429 and 503, with which a backend says that it is busy
   */
  readonly condition?: PolicyValue;

  /**
   * Whether it is sent again at once the first time.
   *
   * @default false
   */
  readonly firstFastRetry?: boolean;

  /**
   * Seconds within which the backend must begin to answer each time. Above 240 the network may give up before.
   *
   * @default 300
   */
  readonly timeoutSeconds?: number;
}

/** See `PolicyStatement.retry`. */
export function retry(props: RetryProps): IPolicyStatement {
  const call = "PolicyStatement.retry";
  const attributes = {
    condition: condition(call, "condition", props.condition ?? BUSY),
    count: wholeNumber(call, "count", props.count, 1, 50),
    ...props.interval._attributes,
    "first-fast-retry": String(props.firstFastRetry ?? false),
  };
  const forward = forwardRequestElement(call, { timeoutSeconds: props.timeoutSeconds, bufferRequestBody: true });
  const xml = node("retry", attributes, [forward]);
  return statement({ section: PolicySection.BACKEND, slot: PolicySlot.USER, kind: "retry", xml });
}
