/**
 * An App Service plan: a `ServicePlan` or `DataAzurermServicePlan` of the azurerm bindings, or
 * `ServicePlanRef.fromAttributes`.
 */
export interface IServicePlanRef {
  /** Azure resource ID of the plan. */
  readonly id: string;
}

/** Attributes of an App Service plan. */
export interface ServicePlanRefAttributes {
  /** Azure resource ID of the plan. */
  readonly id: string;
}

/** An App Service plan by its attributes. */
export class ServicePlanRef implements IServicePlanRef {
  /**
   * Refers to an App Service plan by its attributes. If this app declares it, pass the object instead. Its settings cannot be
   * checked, and a warning at synth says which.
   */
  public static fromAttributes(attributes: ServicePlanRefAttributes): IServicePlanRef {
    return new ServicePlanRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: ServicePlanRefAttributes) {
    this.id = attributes.id;
  }
}
