import { judged, SecurityRule } from "../rule";

const LISTS = ["site_config.ip_restriction", "site_config.scm_ip_restriction"];

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
        LISTS.flatMap((list) => {
          const tags = resource
            .all(list)
            .flatMap(({ elements }) => elements)
            .filter((each) => each.at("action").is(["Deny"], "Allow") !== true)
            .map((each) => each.at("service_tag"));
          return tags
            .filter(({ isAbsent }) => !isAbsent)
            .map((tag) =>
              judged(
                resource,
                `${list}.service_tag`,
                tag.isUnknown ? undefined : !/^ApiManagement(?:\.|$)/i.test(tag.text ?? ""),
                `${list} allows the service tag ${tag.text}: the addresses from which Azure manages all gateways, not those from which your gateway calls.`,
                "Allow the subnet or the public IP address of your gateway.",
              ),
            );
        }),
      ),
};
