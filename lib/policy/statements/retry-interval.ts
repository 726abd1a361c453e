import { optionalNumber, wholeNumber } from "./writing/arguments";
import { Attributes } from "./writing/xml";

/** How long a gateway waits before it tries again. All times are in seconds. */
export class RetryInterval {
  /**
   * Always as long.
   *
   * @param seconds the wait, 1 or more
   */
  public static fixed(seconds: number): RetryInterval {
    return new RetryInterval("fixed", seconds);
  }

  /**
   * Longer by the same time with each attempt.
   *
   * @param firstSeconds the first wait, 1 or more
   * @param deltaSeconds by how much each is longer, 1 or more
   */
  public static linear(firstSeconds: number, deltaSeconds: number): RetryInterval {
    return new RetryInterval("linear", firstSeconds, deltaSeconds);
  }

  /**
   * About twice as long with each attempt, with a random part, so that gateways do not all come back at once.
   *
   * @param firstSeconds the first wait, 1 or more
   * @param deltaSeconds what is doubled, 1 or more
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
