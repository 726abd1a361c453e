/**
 * A Service Bus namespace. A `ServicebusNamespace` and a `DataAzurermServicebusNamespace` of the azurerm bindings fit as they
 * are.
 */
export interface IServiceBusNamespaceRef {
  /** Azure resource id of the namespace. */
  readonly id: string;

  /** `https://` address of the namespace. */
  readonly endpoint: string;
}

/** A Service Bus namespace by its attributes. */
export interface ServiceBusNamespaceRefAttributes {
  /** Azure resource id of the namespace. */
  readonly id: string;

  /** `https://` address of the namespace. */
  readonly endpoint: string;
}

/** Refers to a Service Bus namespace that is not an object of this app. */
export class ServiceBusNamespaceRef implements IServiceBusNamespaceRef {
  /** A Service Bus namespace by its attributes, in any language. With an object of the app, pass that object instead. */
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
