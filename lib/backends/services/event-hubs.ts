import { AzureRole } from "../../azure/azure-role";
import { publicCloudUrl } from "../../azure/endpoint";
import { OpenSetting, warnOfLocalKeys } from "../../azure/open-settings";
import { IEventHubsNamespaceRef } from "../../azure/refs/event-hubs-namespace";
import { inspectable } from "../../azure/user-resource";
import { AzureServiceBackend, AzureServiceOptions, IAzureServiceBackend } from "./azure-service";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
];

/** See `Backend.eventHubs`. */
export function eventHubs(namespace: IEventHubsNamespaceRef, options: AzureServiceOptions): IAzureServiceBackend {
  return new AzureServiceBackend("Backend.eventHubs", {
    url: (scope) => publicCloudUrl(scope, namespace.name, "servicebus.windows.net"),
    tokenResource: "https://eventhubs.azure.net/",
    resource: namespace,
    role: options.role ?? AzureRole.EVENT_HUBS_DATA_SENDER,
    roleScope: options.roleScope,
    inspect: (scope) => {
      const notChecked = "whether the Event Hubs namespace rejects keys";
      const resource = inspectable(scope, namespace, ["azurerm_eventhub_namespace"], notChecked);
      if (resource) warnOfLocalKeys(resource, LOCAL_KEYS);
    },
  });
}
