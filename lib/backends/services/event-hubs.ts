import { IEventHubsNamespaceRef } from "../../azure/refs/event-hubs-namespace";
import { userResource } from "../../azure/user-resource";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { publicCloudUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
];

/** See `Backend.eventHubs`. */
export function eventHubs(namespace: IEventHubsNamespaceRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.eventHubs", {
    url: (scope) => publicCloudUrl(scope, namespace.name, "servicebus.windows.net"),
    tokenResource: "https://eventhubs.azure.net/",
    resource: namespace,
    role: options.role ?? AzureRole.EVENT_HUBS_DATA_SENDER,
    roleScope: options.roleScope,
    inspect: () => {
      const own = userResource(namespace, "azurerm_eventhub_namespace");
      if (own) warnOfLocalKeys(own, LOCAL_KEYS);
    },
  });
}
