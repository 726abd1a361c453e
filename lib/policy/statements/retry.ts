import { inSection, PolicySection, StatementConfig } from "../statement";
import { checkedValue, PolicyValue } from "../policy-value";
import { forwardRequestElement } from "./forward-request";
import { wholeNumber, optionalNumber } from "./writing/arguments";
import { node, Attributes } from "./writing/xml";
import { requireGiven } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

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

  /**
   * Whether the gateway collects the response before it passes it on. Write false for server-sent events, and for models.
   *
   * @default true
   */
  readonly bufferResponse?: boolean;
}

/** The names of its properties. */
const RETRY_PROPS: PropertyNames<RetryProps> = {
  count: true,
  interval: true,
  bufferResponse: true,
  condition: true,
  firstFastRetry: true,
  timeoutSeconds: true,
};

export function retry(props: RetryProps): StatementConfig {
  const call = "PolicyStatement.retry";
  requireOnly(call, call, props, {
    names: RETRY_PROPS,
    example: "PolicyStatement.retry({ count: 3, interval: RetryInterval.fixed(10) })",
  });
  const attributes = {
    condition: checkedValue(call, "condition", props.condition ?? BUSY)._condition(call, "condition"),
    count: wholeNumber(call, "count", props.count, 1, 50),
    ...requireGiven(call, props.interval, {
      name: "interval",
      has: ["_attributes"],
      example: "interval: RetryInterval.fixed(10)",
    })._attributes,
    "first-fast-retry": String(props.firstFastRetry ?? false),
  };
  const { timeoutSeconds, bufferResponse } = props;
  const forward = forwardRequestElement(call, { timeoutSeconds, bufferRequestBody: true, bufferResponse });
  const xml = node("retry", attributes, [forward]);
  return inSection(PolicySection.BACKEND, "retry", xml);
}

/** How long a gateway waits before it tries again. All times are in seconds. */
export class RetryInterval {
  /**
   * The same wait before each attempt.
   *
   * @param seconds the wait, 1 or more
   */
  public static fixed(seconds: number): RetryInterval {
    return new RetryInterval("fixed", seconds);
  }

  /**
   * A wait that grows by the same time with each attempt.
   *
   * @param firstSeconds the first wait, 1 or more
   * @param deltaSeconds the time added with each attempt, 1 or more
   */
  public static linear(firstSeconds: number, deltaSeconds: number): RetryInterval {
    return new RetryInterval("linear", firstSeconds, deltaSeconds);
  }

  /**
   * A wait that about doubles with each attempt, with a random part, so that gateways do not all retry at once.
   *
   * @param firstSeconds the first wait, 1 or more
   * @param deltaSeconds the time that is doubled, 1 or more
   * @param maxSeconds the longest wait, 1 or more
   */
  public static exponential(firstSeconds: number, deltaSeconds: number, maxSeconds: number): RetryInterval {
    return new RetryInterval("exponential", firstSeconds, deltaSeconds, maxSeconds);
  }

  /** @internal */
  public readonly _attributes: Attributes;

  private constructor(
    private readonly factory: string,
    first: number,
    delta?: number,
    max?: number,
  ) {
    const call = `RetryInterval.${this.factory}`;
    this._attributes = {
      interval: wholeNumber(call, this.factory === "fixed" ? "seconds" : "firstSeconds", first, 1),
      "max-interval": optionalNumber(call, "maxSeconds", max, 1),
      delta: optionalNumber(call, "deltaSeconds", delta, 1),
    };
  }
}
