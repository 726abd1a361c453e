/** An Application Insights component. An `ApplicationInsights` of the azurerm bindings fits as it is. */
export interface ApplicationInsightsRef {
  /** Azure resource id of the component. */
  readonly id: string;

  /** Connection string: where to send telemetry to. It is no credential when local authentication is off. */
  readonly connectionString: string;
}
