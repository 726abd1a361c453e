import { IServiceBusNamespaceRef } from "../../azure/refs/service-bus-namespace";
import { userResource } from "../../azure/user-resource";
import { AzureRole } from "../../azure/azure-role";
import { AzureServiceOptions, AzureServiceBackend } from "./azure-service";
import { IApimBackend } from "../backend";
import { endpointUrl } from "../../azure/endpoint";
import { warnOfLocalKeys, OpenSetting } from "../../azure/open-settings";

const LOCAL_KEYS: readonly OpenSetting[] = [
  { attribute: "local_auth_enabled", closed: false, property: "localAuthEnabled: false" },
];

/** See `Backend.serviceBus`. */
export function serviceBus(namespace: IServiceBusNamespaceRef, options: AzureServiceOptions): IApimBackend {
  return new AzureServiceBackend("Backend.serviceBus", {
    url: () => endpointUrl(namespace.endpoint),
    tokenResource: "https://servicebus.azure.net/",
    resource: namespace,
    role: options.role ?? AzureRole.SERVICE_BUS_DATA_SENDER,
    roleScope: options.roleScope,
    inspect: () => {
      const own = userResource(namespace, "azurerm_servicebus_namespace");
      if (own) warnOfLocalKeys(own, LOCAL_KEYS);
    },
  });
}
