/**
 * A Container Apps environment: a `ContainerAppEnvironment` or `DataAzurermContainerAppEnvironment` of the azurerm bindings,
 * or `ContainerAppEnvironmentRef.fromAttributes`.
 */
export interface IContainerAppEnvironmentRef {
  /** Azure resource ID of the environment. */
  readonly id: string;
}

/** Attributes of a Container Apps environment. */
export interface ContainerAppEnvironmentRefAttributes {
  /** Azure resource ID of the environment. */
  readonly id: string;
}

/** A Container Apps environment by its attributes. */
export class ContainerAppEnvironmentRef implements IContainerAppEnvironmentRef {
  /** Refers to a Container Apps environment by its attributes. If this app declares it, pass the object instead. */
  public static fromAttributes(attributes: ContainerAppEnvironmentRefAttributes): IContainerAppEnvironmentRef {
    return new ContainerAppEnvironmentRef(attributes);
  }

  public readonly id: string;

  private constructor(attributes: ContainerAppEnvironmentRefAttributes) {
    this.id = attributes.id;
  }
}
