/**
 * A Service Bus namespace: a `ServicebusNamespace` or `DataAzurermServicebusNamespace` of the azurerm bindings, or
 * `ServiceBusNamespaceRef.fromAttributes`.
 */
export interface IServiceBusNamespaceRef {
  /** Azure resource ID of the namespace. */
  readonly id: string;

  /** `https://` address of the namespace. */
  readonly endpoint: string;
}

/** Attributes of a Service Bus namespace. */
export interface ServiceBusNamespaceRefAttributes {
  /** Azure resource ID of the namespace. */
  readonly id: string;

  /** `https://` address of the namespace. */
  readonly endpoint: string;
}

/** A Service Bus namespace by its attributes. */
export class ServiceBusNamespaceRef implements IServiceBusNamespaceRef {
  /**
   * Refers to a Service Bus namespace by its attributes. If this app declares it, pass the object instead. Its settings
   * cannot be checked, and a warning at synth says which.
   */
  public static fromAttributes(attributes: ServiceBusNamespaceRefAttributes): IServiceBusNamespaceRef {
    return new ServiceBusNamespaceRef(attributes);
  }

  public readonly id: string;
  public readonly endpoint: string;

  private constructor(attributes: ServiceBusNamespaceRefAttributes) {
    this.id = attributes.id;
    this.endpoint = attributes.endpoint;
  }
}
