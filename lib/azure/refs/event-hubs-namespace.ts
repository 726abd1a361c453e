/**
 * An Event Hubs namespace. An `EventhubNamespace` and a `DataAzurermEventhubNamespace` of the azurerm bindings fit as they
 * are.
 */
export interface IEventHubsNamespaceRef {
  /** Azure resource id of the namespace. */
  readonly id: string;

  /** Name of the namespace, of which its address in the public cloud is made. */
  readonly name: string;
}

/** An Event Hubs namespace by its attributes. */
export interface EventHubsNamespaceRefAttributes {
  /** Azure resource id of the namespace. */
  readonly id: string;

  /** Name of the namespace, of which its address in the public cloud is made. */
  readonly name: string;
}

/** Refers to an Event Hubs namespace that is not an object of this app. */
export class EventHubsNamespaceRef implements IEventHubsNamespaceRef {
  /** An Event Hubs namespace by its attributes, in any language. With an object of the app, pass that object instead. */
  public static fromAttributes(attributes: EventHubsNamespaceRefAttributes): IEventHubsNamespaceRef {
    return new EventHubsNamespaceRef(attributes);
  }

  public readonly id: string;
  public readonly name: string;

  private constructor(attributes: EventHubsNamespaceRefAttributes) {
    this.id = attributes.id;
    this.name = attributes.name;
  }
}
