import { azapiProperty, azapiTypeOf } from "../model/azapi";
import type { Resource } from "../model/resource";
import type { Value } from "../model/value";
import { judged, Judgement, SecurityRule } from "../rule";

/** What azurerm turns on if it is not written. */
const BY_TYPE: ReadonlyMap<string, readonly string[]> = new Map([
  ["azurerm_function_app_flex_consumption", ["webdeploy_publish_basic_authentication_enabled"]],
  [
    "azurerm_logic_app_standard",
    ["ftp_publish_basic_authentication_enabled", "scm_publish_basic_authentication_enabled"],
  ],
]);
const OTHERS = ["ftp_publish_basic_authentication_enabled", "webdeploy_publish_basic_authentication_enabled"];

/** The attributes of azurerm that let somebody publish code to a site with a password. */
export function passwordAttributesOf({ type }: Resource): readonly string[] {
  return BY_TYPE.get(type) ?? OTHERS;
}

/** Publishing has its own password, which replaces the code behind the sign-in. */
export const PASSWORD_PUBLISHING: SecurityRule = {
  id: "password-publishing",
  title: "Nobody publishes code to an app behind a gateway with a password or without TLS.",
  severity: "error",
  control: "IM-1",
  cwe: 1390,
  judges: ({ apps }) =>
    apps
      .filter(({ kind }) => kind !== "container app")
      .flatMap(({ resource, slots }) => [resource, ...slots.map((slot) => slot.resource)])
      .flatMap((site) => (site.type.startsWith("azurerm_") ? judgeSite(site) : judgeAzapiSite(site))),
};

/** Passwords are a resource of their own there. */
function judgeAzapiSite(site: Resource): Judgement[] {
  // A sign-in of an app that is elsewhere.
  if (azapiTypeOf(site) !== "microsoft.web/sites") return [];
  const text = "Whether code can be published with a password is not in the body of a site.";
  const path = "properties.siteConfig.ftpsState";
  const ftps = azapiProperty(site, path);
  return [
    { resource: site, attribute: "body", verdict: "unknown", text, remedy: "" },
    ...(ftps.isAbsent ? [] : [judgeFtps(site, `body.${path}`, ftps)]),
  ];
}

function judgeSite(site: Resource): Judgement[] {
  const passwords = passwordAttributesOf(site).map((attribute) =>
    judged(
      site,
      attribute,
      site.at(attribute).is([false], true),
      `${attribute} is not false, so code can be published with a password instead of an identity.`,
      "Write false.",
    ),
  );
  const ftps = "site_config.ftps_state";
  return [...passwords, judgeFtps(site, ftps, site.at(ftps))];
}

function judgeFtps(site: Resource, attribute: string, state: Value): Judgement {
  const holds = state.is(["Disabled", "FtpsOnly"], "Disabled");
  const text = `${attribute} is ${state.text}, so code can be published without TLS.`;
  return judged(site, attribute, holds, text, 'Write "Disabled".');
}
