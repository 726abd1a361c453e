import { azapiProperty, azapiTypeOf } from "../model/azapi";
import type { Resource } from "../model/resource";
import type { Value } from "../model/value";
import { judged, SecurityRule } from "../rule";

const LISTS = ["site_config.ip_restriction", "site_config.scm_ip_restriction"];
const AZAPI_LISTS = ["ipSecurityRestrictions", "scmIpSecurityRestrictions"];

interface Restrictions {
  /** Where they are. */
  readonly list: string;
  /** What in each of them names a service tag. */
  readonly tag: string;
  readonly values: readonly Value[];
}

function restrictionsOf(resource: Resource): Restrictions[] {
  if (azapiTypeOf(resource) !== "microsoft.web/sites")
    return LISTS.map((list) => ({ list, tag: "service_tag", values: resource.all(list) }));
  return AZAPI_LISTS.map((name) => {
    const path = `properties.siteConfig.${name}`;
    return { list: `body.${path}`, tag: "ipAddress", values: [azapiProperty(resource, path)] };
  });
}

/** @see https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
export const SERVICE_TAG_RESTRICTION: SecurityRule = {
  id: "service-tag-restriction",
  title: "No access restriction of an app relies on the service tag ApiManagement.",
  severity: "error",
  control: "NS-2",
  cwe: 291,
  judges: ({ apps }) =>
    apps
      .flatMap(({ resource, slots }) => [resource, ...slots.map((slot) => slot.resource)])
      .flatMap((resource) =>
        restrictionsOf(resource).flatMap(({ list, tag: name, values }) => {
          const tags = values
            .flatMap(({ elements }) => elements)
            .filter((each) => each.at("action").is(["Deny"], "Allow") !== true)
            .map((each) => each.at(name));
          return tags
            .filter(({ isAbsent }) => !isAbsent)
            .map((tag) =>
              judged(
                resource,
                `${list}.${name}`,
                tag.isUnknown ? undefined : !/^ApiManagement(?:\.|$)/i.test(tag.text ?? ""),
                `${list} allows the service tag ${tag.text}: the addresses from which Azure manages all gateways, not those from which your gateway calls.`,
                "Allow the subnet or the public IP address of your gateway.",
              ),
            );
        }),
      ),
};
