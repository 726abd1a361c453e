import { optionalNumber, wholeNumber } from "./writing/arguments";
import { Attributes } from "./writing/xml";

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
