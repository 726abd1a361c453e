import { Op, Precondition, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { isComputedId, isOwnClientId } from "../azure/computed";
import { allMatchAtPlan, matchesAtPlan, noneMatchAtPlan } from "../core/at-plan";
import { atSynth } from "../core/at-synth";
import { conditionMessage } from "../core/fail";
import { requireAtPlan } from "../core/guard";
import { GUID, TENANT } from "../core/ids";
import { isToken, resolved } from "../core/tokens";
import { AUDIENCE } from "./audience-text";
import { SERVICE_AUDIENCE, SERVICE_CLIENT_ID } from "./azure-services";
import { IAppRegistration } from "./registration";

/**
 * Lets Terraform check the ids in the sign-in of an app that only Terraform knows: an empty id, or `common` as the tenant, could let
 * others in. Callers are added until synth.
 */
export function requireSignInAtPlan(app: TerraformResource, registration: IAppRegistration): void {
  atSynth(app, () => requireAtPlan(app, signInConditions(app, registration)));
}

/** Lets Terraform check the audiences of the tokens that an API accepts: a service of Microsoft gets its own from many. */
export function requireAudiencesAtPlan(policy: TerraformResource, { allowedAudiences }: IAppRegistration): void {
  atSynth(policy, () =>
    requireAtPlan(
      policy,
      foreignConditions(policy, allowedAudiences, SERVICE_AUDIENCE).map((condition) => ({
        condition,
        errorMessage: OF_REGISTRATION,
      })),
    ),
  );
}

const OF_REGISTRATION = conditionMessage(
  "registration-at-plan",
  "The client ID, the tenant ID and the allowedAudiences of the app registration must be those of one registration in one tenant, " +
    "and not those of a service of Microsoft.",
  "Pass the GUIDs that Entra ID shows. The tenant can also be one of its domains, but not common, organizations or consumers.",
);

function signInConditions(scope: Construct, registration: IAppRegistration): Precondition[] {
  const ofCallers = conditionMessage(
    "allow-list-at-plan",
    'The object IDs of the callers must be GUIDs, and there must be at least one: Azure reads an empty allow-list as "everyone in the tenant".',
    "Check that the identity of each caller exists, and pass the object ID that Entra ID shows for it.",
  );
  return [
    ...registrationConditions(scope, registration),
    ...listConditions(scope, registration.allowedPrincipalIds, GUID).map((condition) => ({
      condition,
      errorMessage: ofCallers,
    })),
  ];
}

function registrationConditions(scope: Construct, registration: IAppRegistration): Precondition[] {
  const { clientId, tenantId, allowedAudiences, tokenResource } = registration;
  const others = allowedAudiences.filter((audience) => audience !== clientId);
  return [
    ...listConditions(scope, [clientId], GUID),
    ...listConditions(scope, [tenantId], TENANT),
    ...listConditions(scope, others, AUDIENCE),
    // The backend entity has the same condition for what the gateway requests tokens for.
    ...foreignConditions(scope, clientId === tokenResource ? [] : [clientId], SERVICE_CLIENT_ID),
    ...foreignConditions(scope, others, SERVICE_AUDIENCE),
  ].map((condition) => ({ condition, errorMessage: OF_REGISTRATION }));
}

/** A condition for each value that only Terraform knows, or one for the whole list. */
function listConditions(scope: Construct, list: string[], form: RegExp): Precondition["condition"][] {
  const values = unknownsIn(scope, list);
  if (typeof values === "string") return [allMatchAtPlan(values, form)];
  return values.filter((value) => !isComputedId(scope, value)).map((value) => matchesAtPlan(value, form));
}

/** The same for values that must not belong to a service of Microsoft. */
function foreignConditions(scope: Construct, list: string[], foreign: RegExp): Precondition["condition"][] {
  const values = unknownsIn(scope, list);
  if (typeof values === "string") return [noneMatchAtPlan(values, foreign)];
  return values.filter((value) => !isOwnClientId(scope, value)).map((value) => Op.not(matchesAtPlan(value, foreign)));
}

/** The values that only Terraform knows, or the expression of a whole list. */
function unknownsIn(scope: Construct, list: string[]): string[] | string {
  const values = resolved(scope, list) ?? [];
  return Array.isArray(values)
    ? values.map(String).filter((value) => isToken(value))
    : String(values).replace(/^\$\{(.*)\}$/s, "$1");
}
