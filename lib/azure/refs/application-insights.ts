import { Construct } from "constructs";
import { requireAttributes, requireGiven } from "../../core/given";

/**
 * An Application Insights component: an `ApplicationInsights` of the azurerm bindings, or
 * `ApplicationInsightsRef.fromAttributes`.
 */
export interface IApplicationInsightsRef {
  /** Azure resource ID of the component. */
  readonly id: string;

  /** Connection string: where to send telemetry. It is not a credential if local authentication is off. */
  readonly connectionString: string;
}

/** Attributes of an Application Insights component. */
export interface ApplicationInsightsRefAttributes {
  /** Azure resource ID of the component. */
  readonly id: string;

  /** Connection string: where to send telemetry. It is not a credential if local authentication is off. */
  readonly connectionString: string;
}

/** An Application Insights component by its attributes. */
export class ApplicationInsightsRef implements IApplicationInsightsRef {
  /** Refers to an Application Insights component by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: ApplicationInsightsRefAttributes): IApplicationInsightsRef {
    const { id, connectionString } = requireAttributes("ApplicationInsightsRef", attributes, [
      "id",
      "connectionString",
    ]);
    return new ApplicationInsightsRef(id, connectionString);
  }

  private constructor(
    public readonly id: string,
    public readonly connectionString: string,
  ) {}
}

/** The component, if it is one. */
export function checkedInsights(scope: Construct, insights: IApplicationInsightsRef): IApplicationInsightsRef {
  return requireGiven(scope, insights, {
    name: "applicationInsights",
    texts: ["id", "connectionString"],
    example:
      "applicationInsights: your ApplicationInsights object, or ApplicationInsightsRef.fromAttributes({ id, connectionString })",
  });
}
