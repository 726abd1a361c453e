import type { Resource } from "../model/resource";
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

/** Publishing has its own password, which replaces the code behind the sign-in. */
export const PASSWORD_PUBLISHING: SecurityRule = {
  id: "password-publishing",
  title: "Nobody publishes code to an app behind a gateway with a password or without TLS.",
  severity: "error",
  control: "IM-1",
  cwe: 1390,
  judges: ({ apps }) =>
    apps
      .filter(({ resource, kind }) => kind !== "container app" && resource.type.startsWith("azurerm_"))
      .flatMap(({ resource, slots }) => [resource, ...slots.map((slot) => slot.resource)].flatMap(judgeSite)),
};

function judgeSite(site: Resource): Judgement[] {
  const passwords = (BY_TYPE.get(site.type) ?? OTHERS).map((attribute) =>
    judged(
      site,
      attribute,
      site.at(attribute).is([false], true),
      `${attribute} is not false, so code can be published with a password instead of an identity.`,
      "Write false.",
    ),
  );
  const ftps = judged(
    site,
    "site_config.ftps_state",
    site.at("site_config.ftps_state").is(["Disabled", "FtpsOnly"], "Disabled"),
    `site_config.ftps_state is ${site.at("site_config.ftps_state").text}, so code can be published without TLS.`,
    'Write "Disabled".',
  );
  return [...passwords, ftps];
}
