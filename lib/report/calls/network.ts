import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";

/** What closes the network of what is called; `undefined` if nothing does. */
export function networkOf(model: Model, resource: Resource): string | undefined {
  const isPrivate = resource.at("public_network_access_enabled").is([false], true) === true;
  const endpoint = model.referringTo(resource, "azurerm_private_endpoint", ENDPOINT_TARGET).length > 0;
  if (isPrivate) return endpoint ? "private endpoint only" : "no public network";
  if (resource.at("ingress.external_enabled").is([false], true) === true) return "internal ingress";
  const denies =
    !allowsEveryAddress(resource) &&
    (listsIngress(resource) ||
      DENIALS.some((attribute) => resource.at(attribute).is(["Deny"], "Allow") === true) ||
      rulesBeside(model, resource));
  if (denies) return endpoint ? "private endpoint and listed addresses" : "listed addresses and subnets";
  return endpoint ? "private endpoint, beside the public one" : undefined;
}

/** Attributes that deny what no rule allows. */
const DENIALS = [
  "site_config.ip_restriction_default_action",
  "network_rules.default_action",
  "network_acls.default_action",
  "network_rule_set.default_action",
  "network_rulesets.default_action",
];

const INGRESS = "ingress.ip_security_restriction";

/** Rules that allow addresses deny all others in a container app. */
function listsIngress(resource: Resource): boolean {
  const rules = resource.all(INGRESS).flatMap(({ elements }) => elements);
  return rules.length > 0 && rules.every((rule) => rule.at("action").is(["Allow"]) === true);
}

/** Whether a rule lets in everyone, or half of the internet, without asking for a header. */
export function allowsEveryAddress(resource: Resource, ...lists: readonly string[]): boolean {
  const rules = (lists.length > 0 ? lists : ["site_config.ip_restriction", INGRESS]).flatMap((list) =>
    resource.all(list).flatMap(({ elements }) => elements),
  );
  return rules.some(
    (rule) =>
      rule.at("action").is(["Allow"], "Allow") === true &&
      rule.at("headers").isEmpty === true &&
      (["ip_address", "ip_address_range"].some((name) => isEveryAddress(rule.at(name).text)) ||
        rule.at("service_tag").is(["Internet"]) === true),
  );
}

function isEveryAddress(range = ""): boolean {
  return /^any$|\/0*[0-2]$/i.test(range.trim());
}

/** What a private endpoint leads to. */
const ENDPOINT_TARGET = "private_service_connection.private_connection_resource_id";

/** The rules of a storage account can be a resource of their own. */
function rulesBeside(model: Model, resource: Resource): boolean {
  return model
    .referringTo(resource, "azurerm_storage_account_network_rules", "storage_account_id")
    .some((each) => each.at("default_action").is(["Deny"], "Allow") === true);
}
