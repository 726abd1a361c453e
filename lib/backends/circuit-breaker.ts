import { Construct } from "constructs";
import type { ApiManagementBackendCircuitBreakerRule } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { fail } from "../core/fail";
import { requireList } from "../core/given";
import { checkWholeNumber } from "../core/literal";
import { PropertyNames, requireOnly } from "../core/property-names";

const DAY = 86_400;

/** How many entries API Management takes in each list. */
const MAX_ENTRIES = 10;

/** Seconds, up to a day, as API Management returns durations: `PT1M30S`, not `PT90S`. Otherwise every plan would show a change. */
function duration(seconds: number): string {
  if (seconds === DAY) return "P1D";
  const parts = { H: Math.floor(seconds / 3600), M: Math.floor(seconds / 60) % 60, S: seconds % 60 };
  const shown = Object.entries(parts).filter(([, count]) => count > 0);
  return `PT${shown.map(([unit, count]) => `${count}${unit}`).join("")}`;
}

/** A range of HTTP status codes. */
export interface StatusCodeRange {
  /** The first status code, 200 to 599. */
  readonly min: number;

  /** The last status code, 200 to 599. */
  readonly max: number;
}

/** The names of its properties. */
const STATUS_CODE_RANGE: PropertyNames<StatusCodeRange> = { max: true, min: true };

/** What a circuit breaker counts, and how long it stays open. */
export interface CircuitBreakerOptions {
  /**
   * Seconds in which failures are counted, 1 to 86400.
   *
   * @default 60
   */
  readonly intervalSeconds?: number;

  /**
   * Seconds that the backend is not called after the circuit breaker trips, 1 to 86400. Consumers get 503.
   *
   * @default 60
   */
  readonly tripSeconds?: number;

  /**
   * Whether a `Retry-After` header of the backend takes precedence over `tripSeconds`.
   *
   * @default true
   */
  readonly acceptRetryAfter?: boolean;

  /**
   * Status codes of the backend that count as failures, at most ten ranges.
   *
   * @default - 500 to 599
   */
  readonly statusCodes?: StatusCodeRange[];

  /**
   * Values of `context.LastError.Reason` that count as failures in addition to the status codes, at most ten.
   *
   * @default - none
   */
  readonly errorReasons?: string[];
}

/** The names of its properties. */
const CIRCUIT_BREAKER_OPTIONS: PropertyNames<CircuitBreakerOptions> = {
  acceptRetryAfter: true,
  errorReasons: true,
  intervalSeconds: true,
  statusCodes: true,
  tripSeconds: true,
};

/**
 * Stops a gateway from calling a backend that fails. Each gateway instance counts separately. The Consumption tier does not support
 * it.
 *
 * @see https://learn.microsoft.com/azure/api-management/backends#circuit-breaker
 */
export class CircuitBreaker {
  /**
   * Trips after a number of failures.
   *
   * @param count number of failures, 1 to 10000
   * @param options what is counted, and how long the backend is not called
   */
  public static onFailures(count: number, options?: CircuitBreakerOptions): CircuitBreaker {
    return new CircuitBreaker("onFailures", "count", count, 10_000, options ?? {});
  }

  /**
   * Trips when a share of the calls fails.
   *
   * @param percentage share of failures in percent, 1 to 100
   * @param options what is counted, and how long the backend is not called
   */
  public static onFailurePercentage(percentage: number, options?: CircuitBreakerOptions): CircuitBreaker {
    return new CircuitBreaker("onFailurePercentage", "percentage", percentage, 100, options ?? {});
  }

  private constructor(
    private readonly factory: string,
    private readonly measure: "count" | "percentage",
    private readonly limit: number,
    private readonly max: number,
    private readonly options: CircuitBreakerOptions,
  ) {}

  /** @internal */
  public _rule(scope: Construct): ApiManagementBackendCircuitBreakerRule {
    const { measure, limit } = this;
    const call = `CircuitBreaker.${this.factory}`;
    const options = requireOnly(scope, call, this.options, {
      names: CIRCUIT_BREAKER_OPTIONS,
      example: `${call}(5, { tripSeconds: 60 })`,
    });
    const { statusCodes = [{ min: 500, max: 599 }], errorReasons = [] } = options;
    const ranges = requireList(scope, `statusCodes of ${call}`, statusCodes, "statusCodes: [{ min: 500, max: 599 }]");
    const reasons = requireList(scope, `errorReasons of ${call}`, errorReasons, 'errorReasons: ["Timeout"]');
    const checked = (name: string, value: number, min: number, max: number): number =>
      checkWholeNumber(scope, `${name} of ${call}`, value, min, max);
    checked(measure, limit, 1, this.max);
    if (ranges.length + reasons.length === 0)
      fail(
        scope,
        "nothing-to-count",
        `${call} has no statusCodes and no errorReasons, so it would never trip.`,
        "Omit statusCodes to count 500 to 599, or list what to count.",
      );
    for (const [list, { length: count }] of Object.entries({ statusCodes: ranges, errorReasons: reasons }))
      if (count > MAX_ENTRIES)
        fail(
          scope,
          "too-many-failure-conditions",
          `${call} has ${count} entries in ${list}, but API Management accepts at most ${MAX_ENTRIES}.`,
          "Use wider ranges, or list only the most important reasons.",
        );
    for (const range of ranges) {
      const { min, max } = requireOnly(scope, "an entry of statusCodes", range, {
        names: STATUS_CODE_RANGE,
        example: "statusCodes: [{ min: 500, max: 599 }]",
      });
      checked("min of statusCodes", min, 200, 599);
      checked("max of statusCodes", max, min, 599);
    }
    return {
      name: "failures",
      tripDuration: duration(checked("tripSeconds", options.tripSeconds ?? 60, 1, DAY)),
      acceptRetryAfterEnabled: options.acceptRetryAfter ?? true,
      failureCondition: {
        [measure]: limit,
        intervalDuration: duration(checked("intervalSeconds", options.intervalSeconds ?? 60, 1, DAY)),
        statusCodeRange: ranges.length > 0 ? ranges : undefined,
        errorReasons: reasons.length > 0 ? reasons : undefined,
      },
    };
  }
}
