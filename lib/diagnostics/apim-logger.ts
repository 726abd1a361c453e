import { IApplicationInsightsRef } from "../azure/refs/application-insights";
import { Construct, IConstruct } from "constructs";
import { Fn } from "cdktf";
import { ApiManagementLogger } from "@cdktf/provider-azurerm/lib/api-management-logger";
import { checkName, kebabCase } from "../core/names";
import { NAME_RULES } from "../gateway/name-rules";
import { nameOnGateway } from "../gateway/gateway-name";
import { IApimGateway } from "../gateway/gateway";

/** A logger of an API Management service: where its diagnostics go. */
export interface IApimLogger extends IConstruct {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** Azure resource id of the logger. */
  readonly loggerId: string;
}

/** Properties of a new logger. */
export interface ApimLoggerProps {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** The Application Insights component that it writes to. */
  readonly applicationInsights: IApplicationInsightsRef;

  /**
   * Name of the logger on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly loggerName?: string;
}

/** A logger that another state owns. */
export interface ApimLoggerAttributes {
  /** The API Management service that it is on. */
  readonly gateway: IApimGateway;

  /** Name of the logger on the gateway. */
  readonly loggerName: string;
}

/**
 * A logger that writes to Application Insights. azurerm 4.55 can give it no managed identity: API Management and the Terraform state
 * hold the connection string, with which telemetry can be written and nothing read, and the component must take it, with its local
 * authentication on. For a logger with an identity, have it made otherwise, and write `ApimLogger.fromAttributes`.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-app-insights
 */
export class ApimLogger extends Construct implements IApimLogger {
  /** A logger that another state owns, or that somebody made with an identity. */
  public static fromAttributes(scope: Construct, id: string, props: ApimLoggerAttributes): IApimLogger {
    return new ExistingApimLogger(scope, id, props);
  }

  public readonly gateway: IApimGateway;
  public readonly loggerId: string;

  constructor(scope: Construct, id: string, props: ApimLoggerProps) {
    super(scope, id);
    const { gateway, applicationInsights } = props;
    this.gateway = gateway;
    this.loggerId = new ApiManagementLogger(this, "Resource", {
      name: nameOnGateway(this, gateway, "logger", props.loggerName),
      apiManagementName: gateway.apimName,
      resourceGroupName: gateway.resourceGroupName,
      provider: gateway.provider,
      resourceId: applicationInsights.id,
      applicationInsights: { connectionString: applicationInsights.connectionString },
    }).id;
  }
}

class ExistingApimLogger extends Construct implements IApimLogger {
  public readonly gateway: IApimGateway;
  public readonly loggerId: string;

  constructor(scope: Construct, id: string, { gateway, loggerName }: ApimLoggerAttributes) {
    super(scope, id);
    checkName(this, NAME_RULES.logger, loggerName, kebabCase(loggerName));
    this.gateway = gateway;
    this.loggerId = loggerIdOn(gateway, loggerName);
  }
}

/** Azure resource id of a logger by its name. */
export function loggerIdOn(gateway: IApimGateway, name: string): string {
  return Fn.join("/", [gateway.apimId, "loggers", name]);
}
