import { ownResource } from "../../azure/user-resource";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { endpointUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";

/**
 * A Service Bus namespace. A `ServicebusNamespace` and a `DataAzurermServicebusNamespace` of the azurerm bindings fit as they
 * are.
 */
export interface ServiceBusNamespaceRef {
  /** Azure resource id of the namespace. */
  readonly id: string;

  /** `https://` address of the namespace. */
  readonly endpoint: string;
}

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_auth_enabled", closed: false, property: "localAuthEnabled: false" },
];

/** See `Backend.serviceBus`. */
export function serviceBus(namespace: ServiceBusNamespaceRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.serviceBus", {
    url: () => endpointUrl(namespace.endpoint),
    tokenResource: "https://servicebus.azure.net/",
    resource: namespace,
    role: options.role ?? AzureRole.SERVICE_BUS_DATA_SENDER,
    roleScope: options.roleScope,
    inspect: () => {
      const own = ownResource(namespace, "azurerm_servicebus_namespace");
      if (own) warnOfLocalKeys(own, LOCAL_KEYS);
    },
  });
}
