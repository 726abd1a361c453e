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
    return new ApplicationInsightsRef(attributes);
  }

  public readonly id: string;
  public readonly connectionString: string;

  private constructor(attributes: ApplicationInsightsRefAttributes) {
    this.id = attributes.id;
    this.connectionString = attributes.connectionString;
  }
}
