import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementApiDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import { ApiSurfaceConfig } from "../api/api-surface";
import { areSame } from "../core/claims";
import { announce } from "../core/reason";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { IApimLogger } from "./apim-logger";
import { DIAGNOSTICS_OPTIONS, DiagnosticsOptions, checkedContents } from "./contents";
import { createApplicationInsightsDiagnostic } from "./application-insights";
import { createAzureMonitorDiagnostic } from "./azure-monitor";
import { maskedFor } from "./masks";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { requireOnly } from "../core/property-names";

/** The API that is logged. */
interface LoggedApi {
  readonly gateway: IApimGateway;
  readonly api: ApiSurfaceConfig;
  readonly policy: PolicyDocument;
}

/** The diagnostics of one API, by destination. */
interface CreatedDiagnostics {
  readonly applicationInsights?: ApiManagementApiDiagnostic;
  readonly azureMonitor?: TerraformResource;
}

/**
 * Where the requests of an API are logged, and what is logged. Credentials are masked in requests and responses: `Authorization`, the
 * subscription key in header and query, cookies, common names of keys, and every header or query parameter in which the policy of the
 * API validates a token. Credentials under other names are not recognized: keep them out of `headersToLog` and out of URLs. Bodies are
 * logged only with `.logBodies(bytes, reason)`.
 *
 * An API without diagnostics uses those of "All APIs", if the service has any.
 */
export class ApiDiagnostics {
  /**
   * Logs to Application Insights, as telemetry that is correlated by the W3C trace context.
   *
   * @param logger a logger on the gateway of the API
   * @param options what is logged
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-app-insights
   */
  public static applicationInsights(logger: IApimLogger, options?: DiagnosticsOptions): ApiDiagnostics {
    requireGiven("ApiDiagnostics.applicationInsights", logger, {
      name: "logger",
      has: ["gateway", "loggerId"],
      example: 'new ApimLogger(this, "Logger", { gateway, applicationInsights })',
    });
    return new ApiDiagnostics(checkedOptions("ApiDiagnostics.applicationInsights", options), logger);
  }

  /**
   * Logs to Azure Monitor: to the resource logs of the service (`ApiManagementGatewayLogs`), which its diagnostic setting sends on. Not
   * available in the Consumption tier. azurerm rejects this diagnostic for an API, so the stack gets the azapi provider.
   *
   * @param options what is logged
   * @see https://learn.microsoft.com/azure/api-management/monitor-api-management
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/28547
   */
  public static azureMonitor(options?: DiagnosticsOptions): ApiDiagnostics {
    return new ApiDiagnostics(checkedOptions("ApiDiagnostics.azureMonitor", options));
  }

  private constructor(
    private readonly options: DiagnosticsOptions,
    private readonly logger?: IApimLogger,
    private readonly bodies?: { readonly bytes: number; readonly reason: string },
  ) {}

  /**
   * The same diagnostics, with the beginning of every request and response body, between consumer and gateway and between gateway and
   * backend. The log then contains whatever consumers send.
   *
   * @param bytes how many bytes of each body, 1 to 8192
   * @param reason why; shown at synth
   */
  public logBodies(bytes: number, reason: string): ApiDiagnostics {
    return new ApiDiagnostics(this.options, this.logger, { bytes, reason });
  }

  /** @internal */
  public get _logsBodies(): boolean {
    return this.bodies !== undefined;
  }

  /** @internal */
  public get _destination(): string {
    return this.logger ? "Application Insights" : "Azure Monitor";
  }

  /** @internal */
  public _create(scope: Construct, { gateway, api, policy }: LoggedApi): CreatedDiagnostics {
    const { logger, bodies } = this;
    const what = "Bodies of requests and responses are logged";
    if (bodies) announce(scope, what, "logBodies", bodies.reason, [`logBodies(${bodies.bytes}, `, ")"]);
    const masked = maskedFor(api.subscriptionKeyNames, policy._analyze().merged);
    const contents = checkedContents(scope, this.options, masked, bodies?.bytes);
    if (!logger) return { azureMonitor: createAzureMonitorDiagnostic(scope, gateway, api, contents) };
    const [loggerGateway, apiGateway] = [logger.gateway, gateway].map(({ node }) => node.path);
    if (!areSame(logger.gateway, gateway))
      fail(
        scope,
        "logger-of-other-gateway",
        `Logger "${logger.node.path}" is on gateway "${loggerGateway}", but this API is on "${apiGateway}".`,
        'Use a logger on the gateway of the API: new ApimLogger(this, "...", { gateway, applicationInsights }).',
      );
    return { applicationInsights: createApplicationInsightsDiagnostic(scope, gateway, api, logger, contents) };
  }
}

function checkedOptions(call: string, options?: DiagnosticsOptions): DiagnosticsOptions {
  return requireOnly(call, call, options ?? {}, {
    names: DIAGNOSTICS_OPTIONS,
    example: `${call}(..., { headersToLog: ["X-Request-Id"] })`,
  });
}

/** Creates the diagnostics of an API: at most one for each destination. */
export function createDiagnostics(
  scope: Construct,
  diagnostics: readonly ApiDiagnostics[],
  api: LoggedApi,
): CreatedDiagnostics {
  const example = "diagnostics: [ApiDiagnostics.azureMonitor()]";
  if (requireList(scope, "diagnostics", diagnostics, example).length === 0) return {};
  const home = new Construct(scope, "Diagnostics");
  const destinations = new Set<string>();
  let created: CreatedDiagnostics = {};
  for (const each of diagnostics) {
    requireGiven(scope, each, { name: "an entry of diagnostics", has: ["_create"], example });
    if (destinations.has(each._destination))
      fail(
        scope,
        "diagnostics-twice",
        `Two diagnostics log to ${each._destination}, but an API can have only one for each destination.`,
        "Combine them into one.",
      );
    destinations.add(each._destination);
    created = { ...created, ...each._create(home, api) };
  }
  return created;
}
