import { judged, SecurityRule } from "../rule";

/** @see https://learn.microsoft.com/azure/app-service/configure-authentication-provider-aad#authorize-requests */
export const ALLOW_LIST_EMPTY: SecurityRule = {
  id: "allow-list-empty",
  title: "Every app behind a gateway names the identities that may call it.",
  severity: "error",
  control: "IM-3",
  cwe: 862,
  judges: ({ apps }) =>
    apps.flatMap(({ signIn }) => {
      if (!signIn) return [];
      const { resource, allowed } = signIn;
      const empty = allowed.map(({ value }) => value.isEmpty);
      const holds = empty.includes(false) ? true : empty.includes(undefined) ? undefined : false;
      const at = holds === undefined ? allowed[empty.indexOf(undefined)] : allowed[0];
      return judged(
        resource,
        at.attribute,
        holds,
        `${at.attribute} is empty, so every app and user of the tenant that gets a token can call the app.`,
        "List the object ID of the gateway's identity, for example [azurerm_api_management.gateway.identity[0].principal_id].",
      );
    }),
};
