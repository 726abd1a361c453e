import { ownResource } from "../../azure/user-resource";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { publicCloudUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";

/**
 * An Event Hubs namespace. An `EventhubNamespace` and a `DataAzurermEventhubNamespace` of the azurerm bindings fit as they
 * are.
 */
export interface EventHubsNamespaceRef {
  /** Azure resource id of the namespace. */
  readonly id: string;

  /** Name of the namespace, of which its address in the public cloud is made. */
  readonly name: string;
}

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_authentication_enabled", closed: false, property: "localAuthenticationEnabled: false" },
];

/** See `Backend.eventHubs`. */
export function eventHubs(namespace: EventHubsNamespaceRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.eventHubs", {
    url: (scope) => publicCloudUrl(scope, namespace.name, "servicebus.windows.net"),
    tokenResource: "https://eventhubs.azure.net/",
    resource: namespace,
    role: options.role ?? AzureRole.EVENT_HUBS_DATA_SENDER,
    roleScope: options.roleScope,
    inspect: () => {
      const own = ownResource(namespace, "azurerm_eventhub_namespace");
      if (own) warnOfLocalKeys(own, LOCAL_KEYS);
    },
  });
}
