import { requireAttributes } from "../../core/given";
import { AzureRole } from "../../azure/azure-role";
import { serviceUrl, tokenResourceIn } from "../../azure/clouds/addresses";
import { warnOfLocalKeys } from "../../azure/user-resource";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/** See `Backend.eventHubs`. */
export function eventHubs(namespace: IEventHubsNamespaceRef, options?: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.eventHubs", options, {
    url: (scope) => serviceUrl(scope, namespace.name, "eventHubs"),
    tokenResource: (scope) => tokenResourceIn(scope, "eventHubs"),
    resource: namespace,
    role: AzureRole.EVENT_HUBS_DATA_SENDER,
    inspect: (scope) => {
      const keys = { azurerm_eventhub_namespace: { local_authentication_enabled: false } };
      warnOfLocalKeys(scope, namespace, "whether the Event Hubs namespace rejects keys", keys);
    },
  });
}

/** An Event Hubs namespace: an `EventhubNamespace` or `DataAzurermEventhubNamespace`, or `EventHubsNamespaceRef.fromAttributes`. */
export interface IEventHubsNamespaceRef {
  /** Azure resource ID of the namespace. */
  readonly id: string;

  /** Name of the namespace: the first part of its address. */
  readonly name: string;
}

/** Attributes of an Event Hubs namespace. */
export interface EventHubsNamespaceRefAttributes {
  /** Azure resource ID of the namespace. */
  readonly id: string;

  /** Name of the namespace: the first part of its address. */
  readonly name: string;
}

/** An Event Hubs namespace by its attributes. */
export class EventHubsNamespaceRef implements IEventHubsNamespaceRef {
  /** For one that this app does not declare. Its settings cannot be checked, and a warning at synth says which. */
  public static fromAttributes(attributes: EventHubsNamespaceRefAttributes): IEventHubsNamespaceRef {
    const { id, name } = requireAttributes("EventHubsNamespaceRef", attributes, ["id", "name"]);
    return new EventHubsNamespaceRef(id, name);
  }

  private constructor(
    public readonly id: string,
    public readonly name: string,
  ) {}
}
