import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";

/** What closes the network of what is called; `undefined` if nothing does. */
export function networkOf(model: Model, resource: Resource): string | undefined {
  const isPrivate = resource.at("public_network_access_enabled").is([false], true) === true;
  const endpoint = privateEndpointsOf(model, resource).length > 0;
  if (isPrivate) return endpoint ? "private endpoint only" : "no public network";
  if (resource.at("ingress.external_enabled").is([false], true) === true) return "internal ingress";
  const denies =
    DENIALS.some((attribute) => resource.at(attribute).is(["Deny"], "Allow") === true) || rulesBeside(model, resource);
  if (denies) return endpoint ? "private endpoint and listed addresses" : "listed addresses and subnets";
  return endpoint ? "private endpoint, beside the public one" : undefined;
}

/** Attributes that deny what no rule allows. */
export const DENIALS = [
  "site_config.ip_restriction_default_action",
  "network_rules.default_action",
  "network_acls.default_action",
  "network_rule_set.default_action",
  "network_rulesets.default_action",
];

/** The private endpoints of a resource. */
export function privateEndpointsOf(model: Model, resource: Resource): Resource[] {
  return model
    .ofType("azurerm_private_endpoint")
    .filter((each) =>
      each.stack.referencedBy(each.at("private_service_connection.private_connection_resource_id")).includes(resource),
    );
}

/** The rules of a storage account can be a resource of their own. */
function rulesBeside(model: Model, resource: Resource): boolean {
  return model
    .ofType("azurerm_storage_account_network_rules")
    .some(
      (each) =>
        each.referenced("storage_account_id").includes(resource) &&
        each.at("default_action").is(["Deny"], "Allow") === true,
    );
}
