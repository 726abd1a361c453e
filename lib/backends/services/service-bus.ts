import { AzureRole } from "../../azure/azure-role";
import { endpointUrl } from "../../azure/endpoint";
import { OpenSetting, warnOfLocalKeys } from "../../azure/open-settings";
import { IServiceBusNamespaceRef } from "../../azure/refs/service-bus-namespace";
import { inspectable } from "../../azure/user-resource";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_auth_enabled", closed: false, property: "localAuthEnabled: false" },
];

/** See `Backend.serviceBus`. */
export function serviceBus(namespace: IServiceBusNamespaceRef, options: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.serviceBus", {
    url: () => endpointUrl(namespace.endpoint),
    tokenResource: "https://servicebus.azure.net/",
    resource: namespace,
    role: options.role ?? AzureRole.SERVICE_BUS_DATA_SENDER,
    roleScope: options.roleScope,
    inspect: (scope) => {
      const notChecked = "whether the Service Bus namespace rejects keys";
      const resource = inspectable(scope, namespace, ["azurerm_servicebus_namespace"], notChecked);
      if (resource) warnOfLocalKeys(resource, LOCAL_KEYS);
    },
  });
}
