/** The lowest severity of policy traces that is logged. */
export enum DiagnosticsVerbosity {
  /** All severities. */
  VERBOSE = "verbose",
  /** Information and error. */
  INFORMATION = "information",
  /** Error only. */
  ERROR = "error",
}

/** What the diagnostics of an API log. Credentials with common names are always masked. */
export interface DiagnosticsOptions {
  /**
   * Percentage of requests that are logged, from 0 to 100.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Whether failed requests are always logged, regardless of sampling.
   *
   * @default true
   */
  readonly alwaysLogErrors?: boolean;

  /**
   * Whether the IP addresses of consumers, which are personal data, are logged.
   *
   * @default false
   */
  readonly logClientIp?: boolean;

  /**
   * The lowest severity of policy traces that is logged.
   *
   * @default DiagnosticsVerbosity.INFORMATION
   */
  readonly verbosity?: DiagnosticsVerbosity;

  /**
   * Headers of requests and responses that are logged, as plain strings. A header that is known to contain a credential is an error.
   *
   * @default - none
   */
  readonly headersToLog?: string[];
}
