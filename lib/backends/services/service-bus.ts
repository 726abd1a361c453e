import { requireAttributes } from "../../core/given";
import { AzureRole } from "../../azure/azure-role";
import { tokenResourceIn } from "../../azure/clouds/addresses";
import { endpointUrl } from "../../azure/endpoint";
import { warnOfLocalKeys } from "../../azure/user-resource";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

/** See `Backend.serviceBus`. */
export function serviceBus(namespace: IServiceBusNamespaceRef, options?: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.serviceBus", options, {
    url: (scope) => endpointUrl(scope, namespace.endpoint),
    tokenResource: (scope) => tokenResourceIn(scope, "serviceBus"),
    resource: namespace,
    role: AzureRole.SERVICE_BUS_DATA_SENDER,
    inspect: (scope) => {
      const keys = { azurerm_servicebus_namespace: { local_auth_enabled: false } };
      warnOfLocalKeys(scope, namespace, "whether the Service Bus namespace rejects keys", keys);
    },
  });
}

/** A Service Bus namespace: a `ServicebusNamespace` or `DataAzurermServicebusNamespace`, or `ServiceBusNamespaceRef.fromAttributes`. */
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
  /** For one that this app does not declare. Its settings cannot be checked, and a warning at synth says which. */
  public static fromAttributes(attributes: ServiceBusNamespaceRefAttributes): IServiceBusNamespaceRef {
    const { id, endpoint } = requireAttributes("ServiceBusNamespaceRef", attributes, ["id", "endpoint"]);
    return new ServiceBusNamespaceRef(id, endpoint);
  }

  private constructor(
    public readonly id: string,
    public readonly endpoint: string,
  ) {}
}
