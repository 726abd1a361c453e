import { Construct } from "constructs";
import { ApiSurfaceConfig } from "../api/api-surface";
import { originalOf } from "../core/claims";
import { announce } from "../core/reason";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { IApimLogger } from "./apim-logger";
import { DiagnosticsOptions } from "./diagnostics-options";
import { writeToApplicationInsights } from "./application-insights";
import { writeToAzureMonitor } from "./azure-monitor";
import { Contents } from "./contents";
import { maskedFor } from "./masked";
import { fail } from "../core/fail";

/**
 * Where the requests of an API are logged, and what of them. Credentials are masked on the way in and on the way out: `Authorization`,
 * the subscription key in header and query, cookies, the usual names of keys, and wherever the policy of the API validates a token. What
 * lets somebody in under another name is not known here: leave it out of `headersToLog`, and addresses. Bodies are not logged, except
 * by `.logBodies(bytes, reason)`.
 *
 * An API without diagnostics of its own has those of "All APIs", if the service has any.
 */
export class ApiDiagnostics {
  /**
   * To Application Insights, as telemetry that is correlated by the W3C trace context.
   *
   * @param logger where to
   * @param options what
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-app-insights
   */
  public static applicationInsights(logger: IApimLogger, options?: DiagnosticsOptions): ApiDiagnostics {
    return new ApiDiagnostics(options ?? {}, logger);
  }

  /**
   * To Azure Monitor, in the resource logs of the service (`ApiManagementGatewayLogs`), which go where the diagnostic setting of the
   * service says. Not on the Consumption tier. azurerm refuses every such diagnostic of an API, so that the stack gets the azapi provider.
   *
   * @param options what
   * @see https://learn.microsoft.com/azure/api-management/monitor-api-management
   * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/28547
   */
  public static azureMonitor(options?: DiagnosticsOptions): ApiDiagnostics {
    return new ApiDiagnostics(options ?? {});
  }

  private bodies?: { readonly bytes: number; readonly reason: string };

  private constructor(
    private readonly options: DiagnosticsOptions,
    private readonly logger?: IApimLogger,
  ) {}

  /**
   * The same, with the beginning of every body logged: of requests and responses, to and from consumer and backend. What consumers
   * send in them is in the log, whatever it is.
   *
   * @param bytes how much of each, 1 to 8192
   * @param reason why; shown at synthesis
   */
  public logBodies(bytes: number, reason: string): ApiDiagnostics {
    const copy = new ApiDiagnostics(this.options, this.logger);
    copy.bodies = { bytes, reason };
    return copy;
  }

  /** @internal */
  public get _destination(): string {
    return this.logger ? "Application Insights" : "Azure Monitor";
  }

  /** @internal */
  public _write(scope: Construct, gateway: IApimGateway, api: ApiSurfaceConfig, policy: PolicyDocument): void {
    const { logger, bodies } = this;
    const what = "Bodies of requests and responses are logged";
    announce(scope, what, "logBodies", bodies?.reason, `${bodies?.bytes}, `);
    const masked = maskedFor(api.subscriptionKeyNames, policy._merged());
    const contents = new Contents(scope, this.options, masked, bodies?.bytes);
    if (!logger) return writeToAzureMonitor(scope, gateway, api, contents);
    if (originalOf(logger.gateway) !== originalOf(gateway)) {
      fail(
        scope,
        "logger-of-other-gateway",
        `The logger "${logger.node.path}" is on the gateway "${logger.gateway.node.path}", and this API on "${gateway.node.path}". Write a logger on the gateway of the API: ` +
          `new ApimLogger(this, "...", { gateway, applicationInsights }).`,
      );
    }
    writeToApplicationInsights(scope, gateway, api, logger, contents);
  }
}
