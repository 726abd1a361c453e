import { hostOf, namesIn } from "../model/host";
import type { Model } from "../model/model";
import type { Resource } from "../model/resource";
import { judged, SecurityRule } from "../rule";

/** The attribute that turns keys off, its value for that, and what azurerm takes if it is not written. */
export const KEY_SWITCHES: ReadonlyMap<string, readonly [attribute: string, off: boolean, absent: boolean]> = new Map([
  ["azurerm_ai_services", ["local_authentication_enabled", false, true]],
  ["azurerm_app_configuration", ["local_auth_enabled", false, true]],
  ["azurerm_cognitive_account", ["local_auth_enabled", false, true]],
  ["azurerm_cosmosdb_account", ["local_authentication_disabled", true, false]],
  ["azurerm_eventgrid_domain", ["local_auth_enabled", false, true]],
  ["azurerm_eventgrid_topic", ["local_auth_enabled", false, true]],
  ["azurerm_eventhub_namespace", ["local_authentication_enabled", false, true]],
  ["azurerm_search_service", ["local_authentication_enabled", false, true]],
  ["azurerm_servicebus_namespace", ["local_auth_enabled", false, true]],
  ["azurerm_signalr_service", ["local_auth_enabled", false, true]],
  ["azurerm_storage_account", ["shared_access_key_enabled", false, true]],
  ["azurerm_web_pubsub", ["local_auth_enabled", false, true]],
]);

/** A key gets everyone who has it past the identity and its roles. */
export const LOCAL_KEYS_ENABLED: SecurityRule = {
  id: "local-keys-enabled",
  title: "Azure services that gateways call accept identities only, and no keys.",
  severity: "warning",
  control: "IM-1",
  cwe: 1390,
  judges: (model) =>
    calledServices(model).map((service) => {
      const [attribute, off, absent] = KEY_SWITCHES.get(service.type)!;
      return judged(
        service,
        attribute,
        service.at(attribute).is([off], absent),
        `${attribute} is not ${off}, so everyone who has a key of the service can call it without an identity.`,
        `Write ${attribute} = ${off}, once nobody uses a key any more.`,
      );
    }),
};

function calledServices(model: Model): Resource[] {
  const referenced = new Set(model.calls.flatMap(({ resource, url }) => resource.stack.referencedBy(url)));
  const named = new Set(model.calls.flatMap(({ url }) => namesIn(hostOf(url.resolved))));
  return model
    .ofType(...KEY_SWITCHES.keys())
    .filter((service) => referenced.has(service) || named.has(nameOf(service)));
}

function nameOf(service: Resource): string {
  return service.at("name").resolved.toLowerCase();
}
