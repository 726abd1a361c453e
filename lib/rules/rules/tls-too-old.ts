import type { Resource } from "../model/resource";
import { judged, SecurityRule } from "../rule";

const ATTRIBUTES = ["minimum_tls_version", "scm_minimum_tls_version"];
const OF_LOGIC_APPS = ["min_tls_version", "scm_min_tls_version"];

function attributesOf({ type }: Resource): string[] {
  const names = type === "azurerm_logic_app_standard" ? OF_LOGIC_APPS : ATTRIBUTES;
  return names.map((name) => `site_config.${name}`);
}

export const TLS_TOO_OLD: SecurityRule = {
  id: "tls-too-old",
  title: "Apps behind a gateway accept TLS 1.2 and newer only.",
  severity: "error",
  control: "NS-8",
  cwe: 326,
  judges: ({ apps }) =>
    apps.flatMap(({ resource, slots }) =>
      [resource, ...slots.map((slot) => slot.resource)]
        .filter((each) => !each.at("site_config").isAbsent)
        .flatMap((each) =>
          attributesOf(each).map((attribute) =>
            judged(
              each,
              attribute,
              // Azure's default is 1.2.
              each.at(attribute).is(["1.2", "1.3"], "1.2"),
              `${attribute} is ${each.at(attribute).text}, which is not secure.`,
              'Write "1.2" or "1.3".',
            ),
          ),
        ),
    ),
};
