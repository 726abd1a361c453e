import { azapiProperty } from "../../rules/model/azapi";
import { isSlotType, kindOf, signInOf } from "../../rules/model/app";
import type { Model } from "../../rules/model/model";
import type { Resource } from "../../rules/model/resource";
import type { SignIn } from "../../rules/model/sign-in";
import type { Value } from "../../rules/model/value";
import { registrationOf } from "../../rules/registration";
import { requirements } from "../../rules/rules/sign-in-not-required";
import { audienceName, Roles } from "../calls/entra-roles";
import { issuerLabel } from "../calls/issuers";
import { networkOf } from "../calls/network";
import { listed, nameOf, once } from "../names";
import { Principal, principalOf } from "../parties/principals";
import { shown } from "../shown";
import type { Access, Barrier } from "../trust-report";
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
  const { party, resource, signIn, slots } = app;
  if (!signIn) {
    const isElsewhere = resource.mode === "data";
    const admits = [isElsewhere ? "not known: it is not in this configuration" : "everyone who knows its address"];
    return { party, admits, barriers: [withoutSignIn(resource), ...barriersOfSite(app, model)] };
  }
  return {
    party,
    admits: admitsOf(signIn),
    barriers: [
      signInBarrier(signIn),
      ...excludedPaths(signIn),
      audienceBarrier(signIn),
      issuerBarrier(signIn),
      allowList(signIn),
      ...roleBarriers(signIn, roles),
      ...barriersOfSite({ ...app, slots }, model),
    ],
  };
}

function withoutSignIn(resource: Resource): Barrier {
  if (resource.mode === "data")
    return { kind: "sign-in", state: "elsewhere", text: "Its sign-in is not in this configuration." };
  return { kind: "sign-in", state: "open", text: "It has no Entra sign-in.", source: resource.address };
}

function admitsOf(signIn: SignIn): string[] {
  const principals = principalsOf(signIn);
  const paths = signIn.excludedPaths.value.elements.map(shown);
  const anonymous = paths.length > 0 ? [`everyone, on ${listed(paths)}`] : [];
  const isOpen = requirements(signIn).some(({ holds }) => holds === false);
  if (isOpen) return ["everyone who knows its address"];
  if (principals.length > 0) return [...once(principals.map(({ label }) => label)), ...anonymous];
  const isUnknown = signIn.allowed.some(({ value }) => value.isUnknown);
  return [
    isUnknown ? "those whom only Terraform knows" : "every app and user of the tenant that gets a token for it",
    ...anonymous,
  ];
}

const NAMES = ["the principal", "the application", "the group"];

function principalsOf({ resource, allowed }: SignIn): Principal[] {
  return allowed.flatMap(({ value }, index) =>
    value.elements
      .filter((each) => !each.isAbsent && each.literal !== "")
      .map((each) => principalOf(resource.stack, each, NAMES[index])),
  );
}

function signInBarrier(signIn: SignIn): Barrier {
  const [worst] = requirements(signIn).sort((one, other) => rank(one.holds) - rank(other.holds));
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

function rank(holds: boolean | undefined): number {
  return holds === undefined ? 1 : holds ? 2 : 0;
}

function excludedPaths({ resource, excludedPaths: { attribute, value } }: SignIn): Barrier[] {
  if (value.isEmpty === true) return [];
  const text =
    value.isEmpty === undefined
      ? "Paths without sign-in are known only when Terraform runs."
      : `No sign-in on ${listed(value.elements.map(shown))}.`;
  const state = value.isEmpty === undefined ? "unknown" : "open";
  return [{ kind: "excluded paths", state, text, source: sourceOf(resource, attribute) }];
}

function audienceBarrier({ resource, audiences, clientId }: SignIn): Barrier {
  const values = [...audiences.value.elements, clientId.value].filter((each) => !each.isAbsent);
  const names = once(values.map((each) => audienceName(resource.stack, each)));
  return barrier(
    "audience",
    names.length > 0,
    { closed: `The token must be for ${names.join(" or ")}.`, open: "The token can be for any API.", unknown: "" },
    sourceOf(resource, audiences.value.isAbsent ? clientId.attribute : audiences.attribute),
  );
}

function issuerBarrier({ resource, issuer: { attribute, value } }: SignIn): Barrier {
  const issuer = issuerLabel(shown(value));
  return barrier(
    "issuer",
    value.isAbsent ? false : true,
    { closed: `The token must be of ${issuer}.`, open: "No issuer is written.", unknown: "" },
    sourceOf(resource, attribute),
  );
}

function allowList(signIn: SignIn): Barrier {
  const { resource, allowed, others } = signIn;
  const empty = allowed.map(({ value }) => value.isEmpty);
  const used = others.filter(({ value }) => !value.isAbsent);
  if (used.length > 0)
    return {
      kind: "allow-list",
      state: "open",
      text: `Accounts of another identity provider get in: ${listed(used.map(({ attribute }) => attribute))}.`,
      source: sourceOf(resource, used[0].attribute),
    };
  const holds = empty.includes(false) ? true : empty.includes(undefined) ? undefined : false;
  const at = allowed[Math.max(empty.indexOf(holds === undefined ? undefined : false), 0)];
  return barrier(
    "allow-list",
    holds,
    {
      closed: `Only ${listed(once(principalsOf(signIn).map(({ label }) => label)))} may call. Others get 403.`,
      open: "No list says who may call.",
      unknown: `Who may call is known only when Terraform runs: ${at.attribute}.`,
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
    networkBarrier(resource, model),
    transportBarrier(resource, isContainerApp),
    ...(isContainerApp ? [] : [...scmBarriers(resource), publishing(resource)]),
    ...slotsBarrier(slots, model),
  ];
}

/** Whether the slots, which have rows of their own, let in only those whom a list names. */
function slotsBarrier(slots: readonly Resource[], model: Model): Barrier[] {
  if (slots.length === 0) return [];
  const holds = slots.map((slot) => {
    const signIn = signInOf(model, slot);
    if (!signIn) return false;
    const required = requirements(signIn).map((each) => each.holds);
    const empty = signIn.allowed.map(({ value }) => value.isEmpty);
    const all = [...required, empty.includes(false) ? true : empty.includes(undefined) ? undefined : false];
    return all.includes(false) ? false : all.includes(undefined) ? undefined : true;
  });
  const names = listed(slots.map(nameOf));
  const texts = {
    closed: `Its slots let in only those whom their own lists name: ${names}.`,
    open: `A slot lets others in: ${names}.`,
    unknown: `Whom its slots let in is known only when Terraform runs: ${names}.`,
  };
  return [barrier("slots", holds.includes(false) ? false : holds.includes(undefined) ? undefined : true, texts)];
}

function networkBarrier(resource: Resource, model: Model): Barrier {
  const isAzapi = resource.type.startsWith("azapi");
  const network = networkOf(model, resource);
  const attributes = [
    "public_network_access_enabled",
    "site_config.ip_restriction_default_action",
    "ingress.external_enabled",
  ];
  const isUnknown = isAzapi || attributes.some((attribute) => resource.at(attribute).isUnknown);
  const isOpen = network === undefined || network.includes("public one");
  const restricted =
    resource.all("site_config.ip_restriction").some(({ isEmpty }) => isEmpty !== true) ||
    !resource.at("ingress.ip_security_restriction").isAbsent;
  return barrier(
    "network",
    !isOpen ? true : isUnknown ? undefined : false,
    {
      closed: `Network: ${network}.`,
      open: restricted
        ? "Rules for addresses exist, but what they do not name gets in, or not, by their defaults."
        : "It answers on the internet.",
      unknown: "Whether it answers on the internet is not known.",
    },
    resource.address,
  );
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

/** The site through which code is published can have rules of its own. */
function scmBarriers(resource: Resource): Barrier[] {
  const same = resource.at("site_config.scm_use_main_ip_restriction").is([true], false);
  const denies = resource.at("site_config.scm_ip_restriction_default_action").is(["Deny"], "Allow");
  if (resource.type.startsWith("azapi") || resource.at("public_network_access_enabled").is([false], true) === true)
    return [];
  return [
    barrier(
      "publishing",
      same === true ? true : denies,
      {
        closed:
          same === true
            ? "The SCM site has the rules of the app for addresses."
            : "The SCM site answers to listed addresses only.",
        open: "The SCM site answers on the internet, to those who sign in.",
        unknown: "Who reaches the SCM site is known only when Terraform runs.",
      },
      sourceOf(resource, "site_config.scm_ip_restriction_default_action"),
    ),
  ];
}

const PASSWORDS = [
  "ftp_publish_basic_authentication_enabled",
  "webdeploy_publish_basic_authentication_enabled",
  "scm_publish_basic_authentication_enabled",
];
const NO_FTP = /flex_consumption/;

/** Whether a password can publish code. */
export function publishesWithPassword(resource: Resource): boolean | undefined {
  if (resource.type.startsWith("azapi")) return undefined;
  const isLogicApp = resource.type.includes("logic_app");
  const used = PASSWORDS.filter((attribute) =>
    attribute.startsWith("ftp") ? !NO_FTP.test(resource.type) : attribute.startsWith("scm") === isLogicApp,
  );
  const values: Value[] = used.map((attribute) => resource.at(attribute));
  const on = values.map((value) => value.is([true], true));
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
