import {
  AUTHORIZATION,
  setsAuthorization,
  signsInWithIdentity,
  tokenPlace,
  validatesToken,
} from "../../policy/findings/effects";
import { decodedText } from "../../policy/syntax/csharp";
import { allElements, attributeOf, SourceElement } from "../../policy/syntax/source-tree";
import { hostOf } from "../../rules/model/host";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Owner } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import { once } from "../names";
import { Principal, principalOf } from "../parties/principals";
import { shown } from "../shown";
import type { CallProof } from "../trust-report";
import { audienceName } from "./entra-roles";
import { Running } from "./inbound";
import { isAnyTenant, isEntraHost, isOfAnyTenant, issuerLabel, tenantName } from "./issuers";

/** A policy that validates the token of the consumer, and what it asks for. */
export interface Validation {
  readonly how: CallProof;
  /** Who gets in. Empty if everyone who has such a token does. */
  readonly principals: readonly Principal[];
  readonly audiences: readonly string[];
  /** The tenant or the issuer. */
  readonly issuer: string;
  /** Roles, permissions and other claims that are asked for, as texts. */
  readonly claims: readonly string[];
  readonly only?: Running["only"];
  readonly code: string;
  readonly running: Running;
  /** Why it stops nobody, as a sentence. None if it stops those without a valid token. */
  readonly hollow?: string;
  /** Whether code of the policy computes who may call, or the tenant of tokens. */
  readonly computes: boolean;
  /** Whether tokens may be of any tenant of Entra ID. */
  readonly ofAnyTenant: boolean;
  /** Whether a token without an end is valid. */
  readonly endless: boolean;
}

/** Claims that name the one who calls. */
const PRINCIPALS: Readonly<Record<string, string>> = {
  oid: "the principal",
  azp: "the application",
  appid: "the application",
  groups: "the group",
};

/** The validations among the policies of an API. */
export function validationsIn(running: readonly Running[]): Validation[] {
  return running.flatMap((each, index) =>
    validatesToken(each.located) ? validationOf(each, hollowness(each, running.slice(0, index))) : [],
  );
}

/** Why a validation stops nobody. */
function hollowness({ located, document, only }: Running, before: readonly Running[]): string | undefined {
  if (!["true", undefined].includes(attributeOf(located.element, "require-signed-tokens")?.trim().toLowerCase()))
    return "The policy accepts tokens that nobody has signed, so everyone can write one.";
  if (tokenPlace(located) !== AUTHORIZATION) return undefined;
  const inherits = only !== "some operations" || document.inheritsInbound;
  const isReplaced = before.some(
    (each) =>
      (each.document === document || (each.only !== "some operations" && inherits)) &&
      (setsAuthorization(each.located) || signsInWithIdentity(each.located)),
  );
  return isReplaced
    ? "The gateway writes Authorization before it validates the token, so it can validate its own instead of the caller's."
    : undefined;
}

function validationOf(running: Running, hollow: string | undefined): Validation {
  const { policy, located, only } = running;
  const { element } = located;
  const { stack } = policy.resource;
  const config = shown(policy.valueOf(attributeOf(descendants(element, "openid-config")[0] ?? element, "url") ?? ""));
  const tenant = attributeOf(element, "tenant-id");
  const isEntra = element.name === "validate-azure-ad-token" || isEntraHost(hostOf(config));
  const claims = descendants(element, "claim").map((claim) => ({
    name: attributeOf(claim, "name") ?? "",
    isAll: attributeOf(claim, "match") !== "any",
    values: childTexts(policy, claim, "value"),
  }));
  const applications = descendants(element, "client-application-ids").flatMap((each) =>
    childTexts(policy, each, "application-id"),
  );
  const backends = descendants(element, "backend-application-ids").flatMap((each) =>
    childTexts(policy, each, "application-id"),
  );
  const named = claims.filter(({ name, values }) => name in PRINCIPALS && values.length > 0);
  return {
    how: isEntra ? "Entra token" : "other token",
    principals: [
      ...applications.map((value) => principalIn(stack, value, "the application")),
      ...named.flatMap(({ name, values }) => values.map((value) => principalIn(stack, value, PRINCIPALS[name]))),
    ],
    audiences: once(
      [
        ...childTexts(policy, element, "audience"),
        ...backends,
        ...claims.filter(isAudience).flatMap(({ values }) => values),
      ].map((value) => audienceName(stack, value)),
    ),
    issuer: issuerName(tenant === undefined ? undefined : shown(policy.valueOf(tenant)), config, policy, element),
    claims: claims
      .filter((claim) => !named.includes(claim) && !isAudience(claim))
      .map(({ name, values, isAll }) => {
        const texts = values.map(shown);
        return texts.length === 0 ? name : `${name}: ${texts.join(isAll ? " and " : " or ")}`;
      }),
    only,
    ...(hollow !== undefined && { hollow }),
    computes: [
      ...applications,
      ...named.flatMap(({ values }) => values),
      ...(tenant === undefined ? [] : [policy.valueOf(tenant)]),
    ].some(isComputed),
    ofAnyTenant: tenant === undefined ? isOfAnyTenant(config) : isAnyTenant(tenant),
    endless: attributeOf(element, "require-expiration-time")?.trim().toLowerCase() === "false",
    code: attributeOf(element, "failed-validation-httpcode") ?? "401",
    running,
  };
}

function isAudience({ name, values }: { readonly name: string; readonly values: readonly Value[] }): boolean {
  return name === "aud" && values.length > 0;
}

function principalIn(stack: Owner, value: Value, what: string): Principal {
  return isComputed(value) ? { label: `${what} that the policy computes` } : principalOf(stack, value, what);
}

/** Whether code of the policy computes it for each request. */
function isComputed({ resolved }: Value): boolean {
  return /^\s*@[({]/.test(resolved);
}

/** The tenant, or the issuer that is not Entra ID. */
function issuerName(tenant: string | undefined, config: string, policy: PolicyText, element: SourceElement): string {
  if (tenant !== undefined) return /^\s*@[({]/.test(tenant) ? "a tenant that the policy computes" : tenantName(tenant);
  if (config !== "") return issuerLabel(config.replace(/\/?[.]well-known\/.*$/, ""));
  const issuers = childTexts(policy, element, "issuer").map((issuer) => issuerLabel(shown(issuer)));
  return issuers.length > 0 ? issuers.join(" or ") : "the holder of the signing key";
}

/** The texts of the elements of a name below an element. */
export function childTexts(policy: PolicyText, element: SourceElement, name: string): Value[] {
  return descendants(element, name).map((child) => {
    const written = policy.tree?.text.slice(child.startTagEnd, child.endTagStart) ?? "";
    return policy.valueOf(decodedText(written).trim());
  });
}

/** The elements of a name below an element. */
export function descendants(element: SourceElement, name: string): SourceElement[] {
  return allElements(element.children).filter((each) => each.name === name);
}
