import { namesCallers } from "../model/sign-in";
import type { Value } from "../model/value";
import { judged, SecurityRule } from "../rule";

/** @see https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad#authorize-requests */
export const ALLOW_LIST_EMPTY: SecurityRule = {
  id: "allow-list-empty",
  title: "Every app behind a gateway names the identities that may call it.",
  severity: "error",
  control: "PA-7",
  cwe: 862,
  judges: ({ apps }) =>
    apps.flatMap(({ signIn }) => {
      if (!signIn) return [];
      const { resource, allowed, others, enabled } = signIn;
      const holds = namesCallers(signIn);
      const at = allowed.find(({ value }) => holds === undefined && value.isEmpty === undefined) ?? allowed[0];
      const isOld = at.attribute.startsWith("auth_settings.");
      return [
        judged(
          resource,
          at.attribute,
          holds,
          `${isOld ? "auth_settings has no list of who may call" : `${at.attribute} is empty`}, so every app and user of the tenant that gets a token can call the app.`,
          `${isOld ? "Write auth_settings_v2 instead, and in allowed_identities of active_directory_v2, list" : "List"} the object ID of the gateway's identity, for example [azurerm_api_management.gateway.identity[0].principal_id].`,
        ),
        ...others
          .filter(({ value }) => isUsed(value) && !(value.isUnknown && enabled.value.isUnknown))
          .map(({ attribute, value }) =>
            judged(
              resource,
              attribute,
              value.isUnknown ? undefined : false,
              `${attribute} lets accounts of another identity provider in, which the list does not cover.`,
              "Remove it.",
            ),
          ),
      ];
    }),
};

/** Whether a provider is declared, and not turned off. */
export function isUsed(provider: Value): boolean {
  if (provider.isUnknown) return true;
  return provider.entries.length > 0 && provider.at("enabled").is([false]) !== true;
}
