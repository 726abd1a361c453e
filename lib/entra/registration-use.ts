import { Token } from "cdktf";
import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { GUID } from "../core/ids";
import { stateOf } from "../core/state";
import { isToken, resolved } from "../core/tokens";
import { isManagementAudience, URI } from "./audience-text";
import { serviceOfAudience } from "./azure-services";
import { checkClientId, checkObjectId, checkTenantId } from "./entra-ids";
import { IAppRegistration } from "./registration";

/**
 * Records that a registration is used for an app, or for an API that callers sign in to. It cannot be used for both: callers of the
 * API could reach the app directly.
 */
export function useRegistration(scope: Construct, registration: IAppRegistration, kind: "app" | "api"): void {
  requireGiven(scope, registration, {
    name: "registration",
    has: ["node", "grantInvoke", "allowedAudiences", "allowedPrincipalIds"],
    example: "registration: an AppRegistration, or AppRegistration.fromAttributes(...)",
  });
  checkRegistration(scope, registration.node.path, registration);
  // Callers are added until synth, and a lazy value can produce a literal.
  scope.node.addValidation({
    validate: () => {
      const { clientId, tenantId, allowedAudiences, allowedPrincipalIds } = registration;
      const ids = { clientId, tenantId, allowedAudiences, allowedPrincipalIds };
      checkRegistration(scope, registration.node.path, resolved(scope, ids) as RegistrationIds);
      return [];
    },
  });
  const use = stateOf(registration, "registration-use", () => ({ kind, path: scope.node.path }));
  if (use.kind !== kind)
    fail(
      scope,
      "registration-for-both",
      `Registration "${registration.node.path}" is used both for an app and as the registration of an API with callers (the other use is at ` +
        `"${use.path}"), so callers of the API could call the app directly.`,
      "Use a separate registration for the app or for the API.",
    );
}

type RegistrationIds = Pick<IAppRegistration, "clientId" | "tenantId" | "allowedAudiences" | "allowedPrincipalIds">;

/** Checks the ids of a registration, which can be of the user's own kind. What only Terraform knows passes. */
function checkRegistration(scope: Construct, registration: string, ids: RegistrationIds): void {
  checkClientId(scope, ids.clientId);
  checkTenantId(scope, ids.tenantId);
  for (const audience of literalsIn(scope, "allowedAudiences", ids.allowedAudiences, "allowedAudiences: [clientId]")) {
    if (!GUID.test(audience) && !URI.test(audience))
      fail(
        scope,
        "invalid-allowed-audience",
        `"${audience}" in allowedAudiences of the registration "${registration}" is neither a client ID nor an application ID URI.`,
        "Write the client ID of the registration.",
      );
    if (isManagementAudience(audience) || serviceOfAudience(audience))
      fail(
        scope,
        "foreign-allowed-audience",
        `"${audience}" in allowedAudiences of the registration "${registration}" belongs to a service of Microsoft. Everyone who gets a ` +
          `token for that service could use it here.`,
        "Write the client ID of the registration.",
      );
  }
  const example = 'allowedPrincipalIds: ["<object ID>"]';
  for (const id of literalsIn(scope, "allowedPrincipalIds", ids.allowedPrincipalIds, example)) checkObjectId(scope, id);
}

/** The elements of a list that are known. At synth, a list that only Terraform knows is an expression. */
function literalsIn(scope: Construct, name: string, list: string[], example: string): string[] {
  if (Token.isUnresolved(list) || (typeof list === "string" && isToken(list))) return [];
  return requireList(scope, name, list, example).filter((each) => !isToken(each));
}
