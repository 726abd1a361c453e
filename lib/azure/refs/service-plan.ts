/** An App Service plan. A `ServicePlan` and a `DataAzurermServicePlan` of the azurerm bindings fit as they are. */
export interface IServicePlanRef {
  /** Azure resource id of the plan. */
  readonly id: string;
}

/** An App Service plan by its attributes. */
export interface ServicePlanRefAttributes {
  /** Azure resource id of the plan. */
  readonly id: string;
}

/** Refers to an App Service plan that is not an object of this app. */
export class ServicePlanRef implements IServicePlanRef {
  /** An App Service plan by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: ServicePlanRefAttributes): IServicePlanRef {
    return new ServicePlanRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: ServicePlanRefAttributes) {
    this.id = attributes.id;
  }
}
