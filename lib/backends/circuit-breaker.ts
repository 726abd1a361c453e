import { Construct } from "constructs";
import { ApiManagementBackendCircuitBreakerRule } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { checkWholeNumber } from "../core/number-range";
import { fail } from "../core/fail";

const UNITS = [
  ["H", 3600],
  ["M", 60],
  ["S", 1],
] as const;

/** Seconds, up to a day, as API Management writes durations back: `PT1M30S` and not `PT90S`, or every plan would show a change. */
export function duration(seconds: number): string {
  if (seconds === 86_400) return "P1D";
  let rest = seconds;
  const parts = UNITS.map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return count > 0 ? `${count}${unit}` : "";
  });
  return `PT${parts.join("")}`;
}

/** A range of HTTP status codes. */
export interface StatusCodeRange {
  /** The first status code, 200 to 599. */
  readonly min: number;

  /** The last status code, 200 to 599. */
  readonly max: number;
}

/** What a circuit breaker counts, and for how long it stays open. */
export interface CircuitBreakerOptions {
  /**
   * Seconds within which failures are counted.
   *
   * @default 60
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds for which the backend is not called once the circuit breaker has tripped; consumers get 503.
   *
   * @default 60
   */
  readonly tripSeconds?: number;

  /**
   * Whether a `Retry-After` header of the backend says instead for how long it is not called.
   *
   * @default true
   */
  readonly acceptRetryAfter?: boolean;

  /**
   * Status codes of the backend that are failures, at most ten ranges.
   *
   * @default - 500 to 599
   */
  readonly statusCodes?: StatusCodeRange[];

  /**
   * Reasons of errors that are failures beside the status codes, as `context.LastError.Reason` has them; at most ten.
   *
   * @default - none
   */
  readonly errorReasons?: string[];
}

/**
 * Keeps a gateway from calling a backend that fails. Each instance of a gateway counts by itself. The Consumption tier has none.
 *
 * @see https://learn.microsoft.com/azure/api-management/backends#circuit-breaker
 */
export class CircuitBreaker {
  /**
   * Trips when the backend has failed so often.
   *
   * @param count number of failures, 1 to 10000
   * @param props what is counted, and for how long the backend is left alone
   */
  public static onFailures(count: number, props?: CircuitBreakerOptions): CircuitBreaker {
    return new CircuitBreaker("onFailures", "count", count, 10_000, props ?? {});
  }

  /**
   * Trips when so many of a hundred calls have failed.
   *
   * @param percentage share of failures, 1 to 100
   * @param props what is counted, and for how long the backend is left alone
   */
  public static onFailurePercentage(percentage: number, props?: CircuitBreakerOptions): CircuitBreaker {
    return new CircuitBreaker("onFailurePercentage", "percentage", percentage, 100, props ?? {});
  }

  private constructor(
    private readonly factory: string,
    private readonly measure: "count" | "percentage",
    private readonly limit: number,
    private readonly max: number,
    private readonly props: CircuitBreakerOptions,
  ) {}

  /** @internal */
  public _rule(scope: Construct): ApiManagementBackendCircuitBreakerRule {
    const { props, measure, limit } = this;
    const call = `CircuitBreaker.${this.factory}`;
    const ranges = props.statusCodes ?? [{ min: 500, max: 599 }];
    const reasons = props.errorReasons ?? [];
    const checked = (name: string, value: number, min: number, max: number): number =>
      checkWholeNumber(scope, `${name} of ${call}`, value, min, max);
    checked(measure, limit, 1, this.max);
    if (ranges.length + reasons.length === 0)
      fail(
        scope,
        "nothing-to-count",
        `${call} has neither statusCodes nor errorReasons, and would never trip. Leave statusCodes out for 500 to 599.`,
      );
    if (ranges.length > 10) tooMany(scope, call, "statusCodes", ranges.length);
    if (reasons.length > 10) tooMany(scope, call, "errorReasons", reasons.length);
    for (const { min, max } of ranges) {
      checked("min of statusCodes", min, 200, 599);
      checked("max of statusCodes", max, min, 599);
    }
    return {
      name: "failures",
      tripDuration: duration(checked("tripSeconds", props.tripSeconds ?? 60, 1, DAY)),
      acceptRetryAfterEnabled: props.acceptRetryAfter ?? true,
      failureCondition: {
        [measure]: limit,
        intervalDuration: duration(checked("intervalSeconds", props.intervalSeconds ?? 60, 1, DAY)),
        statusCodeRange: ranges.length > 0 ? ranges : undefined,
        errorReasons: reasons.length > 0 ? reasons : undefined,
      },
    };
  }
}

const DAY = 86_400;

export function tooMany(scope: Construct, call: string, name: string, count: number): never {
  fail(
    scope,
    "too-many",
    `${call} has ${count} ${name}, and API Management takes ten at most. Write wider ranges, or the most important.`,
  );
}
