import { namesCallers, SignIn } from "../../rules/model/sign-in";
import { isUsed } from "../../rules/rules/allow-list-empty";
import { requirements } from "../../rules/rules/sign-in-not-required";
import { isOfAnyTenant } from "../calls/issuers";
import { listed, once } from "../names";
import { Principal, principalOf } from "../parties/principals";
import { shown } from "../shown";

/** Those whom a sign-in lets in, as texts. What is not known is one of them. */
export function admittedBy(signIn: SignIn): string[] {
  const required = requirements(signIn).map(({ holds }) => holds);
  if (required.includes(false)) return ["everyone who knows its address"];
  return [
    ...(required.includes(undefined) ? ["perhaps everyone: whether a request needs a token is not known"] : []),
    ...admittedByList(signIn),
    ...ofOtherProviders(signIn),
    ...withoutSignIn(signIn),
  ];
}

/** Whether only those on a list get in; `undefined` if that is not known. */
export function admitsOnlyListed(signIn: SignIn): boolean | undefined {
  const others = otherProviders(signIn);
  const holds = [
    ...requirements(signIn).map((each) => each.holds),
    namesCallers(signIn),
    others.known.length > 0 ? false : others.unknown.length > 0 ? undefined : true,
    signIn.excludedPaths.value.isEmpty,
  ];
  return holds.includes(false) ? false : holds.includes(undefined) ? undefined : true;
}

/** The attributes of identity providers that let their own accounts in. */
export function otherProviders({ others }: SignIn): Readonly<Record<"known" | "unknown", readonly string[]>> {
  const used = others.filter(({ value }) => isUsed(value));
  const named = (isUnknown: boolean): string[] =>
    used.filter(({ value }) => value.isUnknown === isUnknown).map(({ attribute }) => attribute);
  return { known: named(false), unknown: named(true) };
}

/** Those who are on a list. A token must also be of one of the applications, if there are any. */
export function listedCallers(signIn: SignIn): string {
  const { principals, through } = onLists(signIn);
  return `${listed(principals)}${through}`;
}

interface Listed {
  readonly principals: readonly string[];
  /** The applications that must have asked for the token, as the end of a text. */
  readonly through: string;
}

function onLists(signIn: SignIn): Listed {
  const [identities, applications = [], groups = []] = signIn.allowed.map((_, index) => principalsAt(signIn, index));
  const principals = labelsOf([...identities, ...groups]);
  const asking = labelsOf(applications);
  if (principals.length === 0) return { principals: asking, through: "" };
  return { principals, through: asking.length === 0 ? "" : `, with tokens of ${asking.join(" or ")}` };
}

function admittedByList(signIn: SignIn): string[] {
  const holds = namesCallers(signIn);
  const tenant = isOfAnyTenant(shown(signIn.issuer.value)) ? "any tenant" : "the tenant";
  const everyone = `every app and user of ${tenant} that gets a token for it`;
  if (holds === undefined) return [`perhaps ${everyone}: who may call is not known`];
  if (!holds) return [everyone];
  const { principals, through } = onLists(signIn);
  return principals.map((each) => `${each}${through}`);
}

function ofOtherProviders(signIn: SignIn): string[] {
  const { known, unknown } = otherProviders(signIn);
  if (known.length > 0) return [`accounts of ${listed(known.map(providerName))}`];
  return unknown.length > 0 ? ["perhaps accounts of other identity providers: which ones there are is not known"] : [];
}

function providerName(attribute: string): string {
  return attribute.slice(attribute.lastIndexOf(".") + 1).replace(/_v2$/, "");
}

function withoutSignIn({ excludedPaths: { value } }: SignIn): string[] {
  if (value.isEmpty === true) return [];
  if (value.isEmpty === undefined) return ["perhaps everyone, on paths without sign-in that are not known"];
  return [`everyone, on ${listed(value.elements.map(shown))}`];
}

const NAMES = ["the principal", "the application", "the group"];

function principalsAt({ resource, allowed }: SignIn, index: number): Principal[] {
  return allowed[index].value.elements
    .filter(({ resolved }) => resolved !== "")
    .map((each) => principalOf(resource.stack, each, NAMES[index]));
}

function labelsOf(principals: readonly Principal[]): string[] {
  return once(principals.map(({ label }) => label));
}
