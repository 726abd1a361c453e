import type { Resource } from "../model/resource";
import { azapiProperty, azapiTypeOf } from "../model/azapi";
import type { Value } from "../model/value";
import { judged, SecurityRule } from "../rule";

const ATTRIBUTES = ["minimum_tls_version", "scm_minimum_tls_version"];
const OF_AZAPI = ["minTlsVersion", "scmMinTlsVersion"].map((name) => `body.properties.siteConfig.${name}`);
const OF_LOGIC_APPS = ["min_tls_version", "scm_min_tls_version"];

function attributesOf(resource: Resource): string[] {
  const { type } = resource;
  if (azapiTypeOf(resource) === "microsoft.web/sites") return OF_AZAPI;
  if (resource.at("site_config").isAbsent) return [];
  const names = type === "azurerm_logic_app_standard" ? OF_LOGIC_APPS : ATTRIBUTES;
  return names.map((name) => `site_config.${name}`);
}

function versionOf(resource: Resource, attribute: string): Value {
  return attribute.startsWith("body.")
    ? azapiProperty(resource, attribute.slice("body.".length))
    : resource.at(attribute);
}

export const TLS_TOO_OLD: SecurityRule = {
  id: "tls-too-old",
  title: "Apps behind a gateway accept TLS 1.2 and newer only.",
  severity: "error",
  control: "NS-8",
  cwe: 326,
  judges: ({ apps }) =>
    apps.flatMap(({ resource, slots }) =>
      [resource, ...slots.map((slot) => slot.resource)].flatMap((each) =>
        attributesOf(each).map((attribute) =>
          judged(
            each,
            attribute,
            // Azure's default is 1.2.
            versionOf(each, attribute).is(["1.2", "1.3"], "1.2"),
            `${attribute} is ${versionOf(each, attribute).text}, which is not secure.`,
            'Write "1.2" or "1.3".',
          ),
        ),
      ),
    ),
};
