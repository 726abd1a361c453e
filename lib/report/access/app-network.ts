import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import { allowsEveryAddress, networkOf } from "../calls/network";
import type { Barrier } from "../trust-report";
import { barrier, sourceOf } from "./barriers";

/** Whether an app answers on the internet. */
export function appNetwork(resource: Resource, model: Model): Barrier {
  const isAzapi = resource.type.startsWith("azapi");
  const network = networkOf(model, resource);
  const attributes = [
    "public_network_access_enabled",
    "site_config.ip_restriction_default_action",
    "ingress.external_enabled",
  ];
  const isUnknown = isAzapi || attributes.some((attribute) => resource.at(attribute).isUnknown);
  return barrier(
    "network",
    isClosed(network) ? true : isUnknown ? undefined : false,
    {
      closed: `Network: ${network}.`,
      open: openText(resource),
      unknown: "Whether it answers on the internet is not known.",
    },
    resource.address,
  );
}

function isClosed(network: string | undefined): boolean {
  return network !== undefined && !network.includes("public one");
}

function openText(resource: Resource): string {
  if (allowsEveryAddress(resource)) return "It answers on the internet: a rule lets every address in.";
  const restricted =
    resource.all("site_config.ip_restriction").some(({ isEmpty }) => isEmpty !== true) ||
    !resource.at("ingress.ip_security_restriction").isAbsent;
  return restricted
    ? "It answers on the internet: it has rules for addresses, but lets in the addresses that no rule names."
    : "It answers on the internet.";
}

/** The site through which code is published can have rules of its own. */
export function scmNetwork(resource: Resource, model: Model): Barrier[] {
  if (resource.type.startsWith("azapi") || resource.at("public_network_access_enabled").is([false], true) === true)
    return [];
  const same = resource.at("site_config.scm_use_main_ip_restriction").is([true], false);
  const denies = resource.at("site_config.scm_ip_restriction_default_action").is(["Deny"], "Allow");
  const isOpen = allowsEveryAddress(resource, "site_config.scm_ip_restriction");
  const asApp = resource.at("site_config.ip_restriction_default_action").isUnknown
    ? undefined
    : isClosed(networkOf(model, resource));
  return [
    barrier(
      "publishing",
      same === true ? asApp : denies === true && isOpen ? false : same === undefined ? undefined : denies,
      {
        closed:
          same === true
            ? "The SCM site has the rules of the app for addresses."
            : "The SCM site answers to listed addresses only.",
        open: "The SCM site answers on the internet, to those who sign in.",
        unknown: "Who reaches the SCM site is not known.",
      },
      sourceOf(
        resource,
        `site_config.${same === true ? "scm_use_main_ip_restriction" : "scm_ip_restriction_default_action"}`,
      ),
    ),
  ];
}
