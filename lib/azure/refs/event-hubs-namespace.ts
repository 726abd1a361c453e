/**
 * An Event Hubs namespace: a `EventhubNamespace` or `DataAzurermEventhubNamespace` of the azurerm bindings, or
 * `EventHubsNamespaceRef.fromAttributes`.
 */
export interface IEventHubsNamespaceRef {
  /** Azure resource ID of the namespace. */
  readonly id: string;

  /** Name of the namespace: the first part of its address in the public cloud. */
  readonly name: string;
}

/** Attributes of an Event Hubs namespace. */
export interface EventHubsNamespaceRefAttributes {
  /** Azure resource ID of the namespace. */
  readonly id: string;

  /** Name of the namespace: the first part of its address in the public cloud. */
  readonly name: string;
}

/** An Event Hubs namespace by its attributes. */
export class EventHubsNamespaceRef implements IEventHubsNamespaceRef {
  /**
   * Refers to an Event Hubs namespace by its attributes. If this app declares it, pass the object instead. Its settings
   * cannot be checked, and a warning at synth says which.
   */
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
