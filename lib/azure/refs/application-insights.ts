/** An Application Insights component. An `ApplicationInsights` of the azurerm bindings fits as it is. */
export interface IApplicationInsightsRef {
  /** Azure resource id of the component. */
  readonly id: string;

  /** Connection string: where to send telemetry to. It is no credential when local authentication is off. */
  readonly connectionString: string;
}

/** An Application Insights component by its attributes. */
export interface ApplicationInsightsRefAttributes {
  /** Azure resource id of the component. */
  readonly id: string;

  /** Connection string: where to send telemetry to. It is no credential when local authentication is off. */
  readonly connectionString: string;
}

/** Refers to an Application Insights component that is not an object of this app. */
export class ApplicationInsightsRef implements IApplicationInsightsRef {
  /** An Application Insights component by its attributes, in any language. With an object of the app, pass that object instead. */
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
