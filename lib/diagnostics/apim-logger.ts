import { checkedInsights, IApplicationInsightsRef } from "../azure/refs/application-insights";
import { Construct, IConstruct } from "constructs";
import { Fn } from "cdktf";
import type { ApiManagementLogger } from "@cdktf/provider-azurerm/lib/api-management-logger";
import { suspendCreationStacks } from "../core/creation-stacks";
import { checkName, kebabCase } from "../core/names";
import { PropertyNames, requireConstructProps, requireOnly } from "../core/property-names";
import { claimNameOnGateway, NAME_RULES } from "../gateway/name-rules";
import { checkedGateway, IApimGateway, onGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { azurerm } from "../providers/azurerm";

/** A logger of an API Management service, to which diagnostics are sent. */
export interface IApimLogger extends IConstruct {
  /** The API Management service of the logger. */
  readonly gateway: IApimGateway;

  /** Azure resource id of the logger. */
  readonly loggerId: string;
}

/** Properties of a new logger. */
export interface ApimLoggerProps {
  /** The API Management service of the logger. */
  readonly gateway: IApimGateway;

  /** The Application Insights component that the logger sends to. */
  readonly applicationInsights: IApplicationInsightsRef;

  /**
   * Name of the logger on the gateway, unique there.
   *
   * @default - the construct id in kebab-case
   */
  readonly loggerName?: string;
}

/** The names of its properties. */
const APIM_LOGGER_PROPS: PropertyNames<ApimLoggerProps> = {
  applicationInsights: true,
  gateway: true,
  loggerName: true,
};

/** An existing logger, which nothing here creates or reads. */
export interface ApimLoggerAttributes {
  /** The API Management service of the logger. */
  readonly gateway: IApimGateway;

  /** Name of the logger on the gateway. */
  readonly loggerName: string;
}

/** The names of its properties. */
const APIM_LOGGER_ATTRIBUTES: PropertyNames<ApimLoggerAttributes> = { gateway: true, loggerName: true };

/**
 * A logger that sends to Application Insights. With azurerm 4.55 it cannot use a managed identity: API Management and the Terraform state
 * contain the connection string, which allows writing telemetry but not reading it, and the component must keep local authentication
 * on. For a logger with an identity, create it by other means and use `ApimLogger.fromAttributes`.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-howto-app-insights
 */
export class ApimLogger extends Construct implements IApimLogger {
  /** An existing logger, for example one with a managed identity. */
  public static fromAttributes(scope: Construct, id: string, props: ApimLoggerAttributes): IApimLogger {
    const logger = new Construct(scope, id);
    const { loggerName } = requireOnly(logger, "ApimLogger.fromAttributes", props, {
      names: APIM_LOGGER_ATTRIBUTES,
      example: "{ gateway, loggerName }",
    });
    const gateway = checkedGateway(logger, props.gateway);
    checkName(logger, NAME_RULES.logger, loggerName, kebabCase(loggerName));
    return Object.assign(logger, { gateway, loggerId: loggerIdOn(gateway, loggerName) });
  }

  public readonly gateway: IApimGateway;
  public readonly loggerId: string;

  /** The created logger. */
  public readonly logger: ApiManagementLogger;

  constructor(scope: Construct, id: string, props: ApimLoggerProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: APIM_LOGGER_PROPS,
        example: `new ApimLogger(this, "${id}", { gateway, applicationInsights })`,
      });
      const { gateway } = props;
      const applicationInsights = checkedInsights(this, props.applicationInsights);
      this.gateway = gateway;
      this.logger = new azurerm.ApiManagementLogger(this, "Resource", {
        name: claimNameOnGateway(this, gateway, "logger", props.loggerName),
        ...onGateway(gateway),
        resourceId: applicationInsights.id,
        applicationInsights: { connectionString: applicationInsights.connectionString },
      });
      liveOn(this.logger, gateway);
      this.loggerId = this.logger.id;
    } finally {
      resume();
    }
  }
}

/** Azure resource id of a logger by its name. */
export function loggerIdOn(gateway: IApimGateway, name: string): string {
  return Fn.join("/", [gateway.apimId, "loggers", name]);
}
