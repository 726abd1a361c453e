import { Aspects, Precondition, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { isComputedId } from "../azure/computed";
import { allMatchAtPlan, matchesAtPlan } from "../core/at-plan";
import { finding } from "../core/fail";
import { requireAtPlan } from "../core/guard";
import { GUID, TENANT } from "../core/ids";
import { isToken, resolved } from "../core/tokens";
import { AUDIENCE } from "./audience-text";
import { IAppRegistration } from "./registration";

/**
 * Lets Terraform check the ids in the sign-in of an app that only Terraform knows: an empty id, or `common` as the tenant, could let
 * others in. Callers are added until synth, and an aspect runs after that.
 */
export function requireSignInAtPlan(app: TerraformResource, registration: IAppRegistration): void {
  let isDone = false;
  Aspects.of(app).add({
    visit: (node) => {
      if (node !== app || isDone) return;
      isDone = true;
      requireAtPlan(app, signInConditions(app, registration));
    },
  });
}

function signInConditions(scope: Construct, registration: IAppRegistration): Precondition[] {
  const { clientId, tenantId, allowedAudiences, allowedPrincipalIds } = registration;
  const ofRegistration = finding(
    "registration-at-plan",
    "The client ID, the tenant ID and the allowedAudiences of the app registration must be those of one registration in one tenant.",
    "Pass the GUIDs that Entra ID shows. The tenant can also be one of its domains, but not common, organizations or consumers.",
  );
  const ofCallers = finding(
    "allow-list-at-plan",
    'The object IDs of the callers must be GUIDs, and there must be at least one: Azure reads an empty allow-list as "everyone in the tenant".',
    "Check that the identity of each caller exists, and pass the object ID that Entra ID shows for it.",
  );
  return [
    ...[
      ...listConditions(scope, [clientId], GUID),
      ...listConditions(scope, [tenantId], TENANT),
      ...listConditions(
        scope,
        allowedAudiences.filter((audience) => audience !== clientId),
        AUDIENCE,
      ),
    ].map((condition) => ({ condition, errorMessage: ofRegistration })),
    ...listConditions(scope, allowedPrincipalIds, GUID).map((condition) => ({ condition, errorMessage: ofCallers })),
  ];
}

/** A condition for each value that only Terraform knows, or one for the whole list. */
function listConditions(scope: Construct, list: string[], form: RegExp): Precondition["condition"][] {
  const values = resolved(scope, list) ?? [];
  if (!Array.isArray(values)) return [allMatchAtPlan(String(values).replace(/^\$\{(.*)\}$/s, "$1"), form)];
  const unknown = values.map(String).filter((value) => isToken(value) && !isComputedId(scope, value));
  return unknown.map((value) => matchesAtPlan(value, form));
}
