/**
 * A Container Apps environment. A `ContainerAppEnvironment` and a `DataAzurermContainerAppEnvironment` of the azurerm bindings
 * fit as they are.
 */
export interface IContainerAppEnvironmentRef {
  /** Azure resource id of the environment. */
  readonly id: string;
}

/** A Container Apps environment by its attributes. */
export interface ContainerAppEnvironmentRefAttributes {
  /** Azure resource id of the environment. */
  readonly id: string;
}

/** Refers to a Container Apps environment that is not an object of this app. */
export class ContainerAppEnvironmentRef implements IContainerAppEnvironmentRef {
  /** A Container Apps environment by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: ContainerAppEnvironmentRefAttributes): IContainerAppEnvironmentRef {
    return new ContainerAppEnvironmentRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: ContainerAppEnvironmentRefAttributes) {
    this.id = attributes.id;
  }
}
