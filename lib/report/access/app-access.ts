import { azapiProperty } from "../../rules/model/azapi";
import { isSlotType, kindOf } from "../../rules/model/app-type";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import { namesCallers, SignIn } from "../../rules/model/sign-in";
import type { Value } from "../../rules/model/value";
import { registrationOf } from "../../rules/registration";
import { passwordAttributesOf } from "../../rules/rules/password-publishing";
import { requirements, worstRequirement } from "../../rules/rules/sign-in-not-required";
import { audienceName, Roles } from "../calls/entra-roles";
import { isOfAnyTenant, issuerLabel } from "../calls/issuers";
import { listed, nameOf, once } from "../names";
import { shown } from "../shown";
import type { Access, Barrier } from "../trust-report";
import { admitsOnlyListed, admittedBy, listedCallers, otherProviders } from "./admitted";
import { appNetwork, scmNetwork } from "./app-network";
import { barrier, sourceOf } from "./barriers";

/** An app or a slot that is called. */
export interface CalledApp {
  readonly party: string;
  readonly resource: Resource;
  readonly signIn?: SignIn;
  /** The slots of an app. */
  readonly slots: readonly Resource[];
}

/** Who gets into an app, and what stops the others. */
export function appAccess(app: CalledApp, model: Model, roles: Roles): Access {
  const { party, resource, signIn } = app;
  if (!signIn) {
    const isElsewhere = resource.mode === "data";
    const admits = [isElsewhere ? "not known: it is not in this configuration" : "everyone who knows its address"];
    return { party, admits, barriers: [withoutSignIn(resource), ...barriersOfSite(app, model)] };
  }
  return {
    party,
    admits: admittedBy(signIn),
    barriers: [
      signInBarrier(signIn),
      ...excludedPaths(signIn),
      audienceBarrier(signIn),
      issuerBarrier(signIn),
      allowList(signIn),
      ...roleBarriers(signIn, roles),
      ...barriersOfSite(app, model),
    ],
  };
}

function withoutSignIn(resource: Resource): Barrier {
  if (resource.mode === "data")
    return { kind: "sign-in", state: "elsewhere", text: "Its sign-in is not in this configuration." };
  return { kind: "sign-in", state: "open", text: "It has no Entra sign-in.", source: resource.address };
}

function signInBarrier(signIn: SignIn): Barrier {
  const worst = worstRequirement(signIn);
  const action = signIn.action.value.text ?? (signIn.action.value.isAbsent ? "RedirectToLoginPage" : "another answer");
  const answer =
    /^Return(\d+)$/.exec(action)?.[1] ?? (action === "RedirectToLoginPage" ? "a redirect to a sign-in page" : action);
  return barrier(
    "sign-in",
    worst.holds,
    {
      closed: `A request without a valid token gets ${answer}.`,
      open: worst.text,
      unknown: `Whether a request needs a token is not known: ${worst.setting.attribute}.`,
    },
    sourceOf(signIn.resource, worst.setting.attribute),
  );
}

function excludedPaths({ resource, excludedPaths: { attribute, value } }: SignIn): Barrier[] {
  if (value.isEmpty === true) return [];
  const text =
    value.isEmpty === undefined
      ? "Which paths need no sign-in is not known."
      : `No sign-in on ${listed(value.elements.map(shown))}.`;
  const state = value.isEmpty === undefined ? "unknown" : "open";
  return [{ kind: "excluded paths", state, text, source: sourceOf(resource, attribute) }];
}

function audienceBarrier({ resource, audiences, clientId }: SignIn): Barrier {
  const values = [...audiences.value.elements, clientId.value].filter((each) => !each.isAbsent);
  const names = once(values.map((each) => audienceName(resource.stack, each)));
  const isUnknown = [audiences, clientId].some(({ attribute, value }) => !isSaid(resource, attribute, value));
  return barrier(
    "audience",
    isUnknown ? undefined : names.length > 0,
    {
      closed: `The token must be for ${names.join(" or ")}.`,
      open: "The token can be for any API.",
      unknown: "The API that a token must be for is not known.",
    },
    sourceOf(resource, audiences.value.isAbsent ? clientId.attribute : audiences.attribute),
  );
}

/** Whether the configuration says a value, if only by what it refers to. */
function isSaid(resource: Resource, attribute: string, value: Value): boolean {
  if (resource.isIgnored(attribute)) return false;
  return value.elements.every(
    (each) => !each.isUnknownWhole || (each.resolved !== "" && resource.stack.referencedBy(each).length > 0),
  );
}

function issuerBarrier({ resource, issuer: { attribute, value } }: SignIn): Barrier {
  const issuer = issuerLabel(shown(value));
  const isAny = isOfAnyTenant(shown(value));
  return barrier(
    "issuer",
    !isSaid(resource, attribute, value) ? undefined : !value.isAbsent && !isAny,
    {
      closed: `The token must be of ${issuer}.`,
      open: isAny ? `The token can be of ${issuer}.` : "No issuer is written.",
      unknown: "The tenant that a token must be of is not known.",
    },
    sourceOf(resource, attribute),
  );
}

function allowList(signIn: SignIn): Barrier {
  const { resource, allowed } = signIn;
  const others = otherProviders(signIn);
  const [other] = [...others.known, ...others.unknown];
  if (others.known.length > 0)
    return {
      kind: "allow-list",
      state: "open",
      text: `Accounts of another identity provider get in: ${listed(others.known)}.`,
      source: sourceOf(resource, other),
    };
  const holds = namesCallers(signIn);
  if (holds === true && requirements(signIn).some((each) => each.holds === false))
    return {
      kind: "allow-list",
      state: "open",
      text: `The list stops only requests that have a token. It names ${listedCallers(signIn)}.`,
      source: sourceOf(resource, allowed[0].attribute),
    };
  if (holds === true && others.unknown.length > 0)
    return {
      kind: "allow-list",
      state: "unknown",
      text: "Whether accounts of other identity providers get in is not known.",
      source: sourceOf(resource, other),
    };
  const empty = allowed.map(({ value }) => value.isEmpty);
  const at = allowed[Math.max(empty.indexOf(holds === undefined ? undefined : false), 0)];
  return barrier(
    "allow-list",
    holds,
    {
      closed: `Only ${listedCallers(signIn)} may call. Others get 403.`,
      open: "No list says who may call.",
      unknown: `Who may call is not known: ${at.attribute}.`,
    },
    sourceOf(resource, at.attribute),
  );
}

/** Whether Entra ID gives tokens only to those who have an app role. */
function roleBarriers(signIn: SignIn, roles: Roles): Barrier[] {
  const registration = registrationOf(signIn);
  if (!registration) return [];
  const required = roles.requiresAssignment(registration);
  const name = nameOf(registration);
  return [
    barrier(
      "role",
      required,
      {
        closed: `Entra ID gives tokens for the registration ${name} only to those who are assigned to it.`,
        open: `Entra ID gives tokens for the registration ${name} to everyone in the tenant who asks.`,
        unknown: `Whether Entra ID gives tokens for the registration ${name} to everyone is not known.`,
      },
      registration.address,
    ),
  ];
}

const ELSEWHERE_SITE: Barrier = {
  kind: "network",
  state: "elsewhere",
  text: "Its network, its TLS settings and its publishing are not in this configuration.",
};

function barriersOfSite({ resource, slots }: CalledApp, model: Model): Barrier[] {
  // A sign-in of an app that is elsewhere.
  if (resource.mode === "data" || (kindOf(resource) === undefined && !isSlotType(resource.type)))
    return [ELSEWHERE_SITE];
  const isContainerApp = kindOf(resource) === "container app";
  return [
    appNetwork(resource, model),
    transportBarrier(resource, isContainerApp),
    ...(isContainerApp ? [] : [...scmNetwork(resource, model), publishing(resource)]),
    ...slotsBarrier(slots, model),
  ];
}

/** Whether the slots, which have rows of their own, let in only those whom a list names. */
function slotsBarrier(slots: readonly Resource[], model: Model): Barrier[] {
  if (slots.length === 0) return [];
  const holds = slots.map((slot) => {
    const signIn = model.appParts.signInOf(slot);
    return signIn ? admitsOnlyListed(signIn) : false;
  });
  const names = listed(slots.map(nameOf));
  const texts = {
    closed: `Its slots let in only those whom their own lists name: ${names}.`,
    open: `A slot lets others in: ${names}.`,
    unknown: `Whom its slots let in is not known: ${names}.`,
  };
  return [barrier("slots", holds.includes(false) ? false : holds.includes(undefined) ? undefined : true, texts)];
}

function transportBarrier(resource: Resource, isContainerApp: boolean): Barrier {
  const isAzapi = resource.type.startsWith("azapi");
  const attribute = isAzapi
    ? "body.properties.httpsOnly"
    : isContainerApp
      ? "ingress.allow_insecure_connections"
      : "https_only";
  const value = isAzapi ? azapiProperty(resource, "properties.httpsOnly") : resource.at(attribute);
  const holds =
    isAzapi && isContainerApp ? undefined : isContainerApp ? value.is([false], false) : value.is([true], false);
  return barrier(
    "transport",
    holds,
    {
      closed: "Requests without TLS are redirected or refused.",
      open: "It also answers without TLS.",
      unknown: "Whether it answers without TLS is not known.",
    },
    sourceOf(resource, attribute),
  );
}

/** Whether a password can publish code. */
export function publishesWithPassword(resource: Resource): boolean | undefined {
  if (resource.type.startsWith("azapi")) return undefined;
  const on = passwordAttributesOf(resource).map((attribute) => resource.at(attribute).is([true], true));
  return on.includes(true) ? true : on.includes(undefined) ? undefined : false;
}

function publishing(resource: Resource): Barrier {
  const open = publishesWithPassword(resource);
  return barrier(
    "publishing",
    open === undefined ? undefined : !open,
    {
      closed: "Nobody publishes code with a password.",
      open: "Code can be published with a password.",
      unknown: "Whether code can be published with a password is not known.",
    },
    resource.address,
  );
}
