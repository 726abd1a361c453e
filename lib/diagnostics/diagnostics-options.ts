/** From which severity on the traces of policies are logged. */
export enum DiagnosticsVerbosity {
  /** All traces. */
  VERBOSE = "verbose",
  /** Those of the severities information and error. */
  INFORMATION = "information",
  /** Those of the severity error. */
  ERROR = "error",
}

/** What the diagnostics of an API hold. The usual names of what lets somebody in are masked, whatever is chosen here. */
export interface DiagnosticsOptions {
  /**
   * Share of requests that are logged, in percent: 0 to 100.
   *
   * @default 100
   */
  readonly samplingPercentage?: number;

  /**
   * Whether requests that fail are logged whatever the sampling says.
   *
   * @default true
   */
  readonly alwaysLogErrors?: boolean;

  /**
   * Whether the addresses of consumers are logged, which are personal data.
   *
   * @default false
   */
  readonly logClientIp?: boolean;

  /**
   * From which severity on the traces of policies are logged.
   *
   * @default DiagnosticsVerbosity.INFORMATION
   */
  readonly verbosity?: DiagnosticsVerbosity;

  /**
   * Headers of requests and responses that are logged, literals. One that is known to let somebody in is refused.
   *
   * @default - none
   */
  readonly headersToLog?: string[];
}
