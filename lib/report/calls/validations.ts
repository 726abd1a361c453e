import { validatesToken } from "../../policy/findings/effects";
import { decodedText } from "../../policy/syntax/csharp";
import { allElements, attributeOf, SourceElement } from "../../policy/syntax/source-tree";
import { hostOf } from "../../rules/model/app";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Value } from "../../rules/model/value";
import { once } from "../names";
import { Principal, principalOf } from "../parties/principals";
import { shown } from "../shown";
import type { CallProof } from "../trust-report";
import { audienceName } from "./entra-roles";
import type { Running } from "./inbound";
import { isEntraHost, issuerLabel, tenantName } from "./issuers";

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
  return running.filter(({ located }) => validatesToken(located)).map(validationOf);
}

function validationOf(running: Running): Validation {
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
  const applications = childTexts(policy, element, "application-id");
  const named = claims.filter(({ name, values }) => name in PRINCIPALS && values.length > 0);
  return {
    how: isEntra ? "Entra token" : "other token",
    principals: [
      ...applications.map((value) => principalOf(stack, value, "the application")),
      ...named.flatMap(({ name, values }) => values.map((value) => principalOf(stack, value, PRINCIPALS[name]))),
    ],
    audiences: once(childTexts(policy, element, "audience").map((value) => audienceName(stack, value))),
    issuer: issuerName(tenant === undefined ? undefined : shown(policy.valueOf(tenant)), config, policy, element),
    claims: claims
      .filter((claim) => !named.includes(claim))
      .map(({ name, values, isAll }) => {
        const texts = values.map(shown);
        return texts.length === 0 ? name : `${name}: ${texts.join(isAll ? " and " : " or ")}`;
      }),
    only,
    code: attributeOf(element, "failed-validation-httpcode") ?? "401",
    running,
  };
}

/** The tenant, or the issuer that is not Entra ID. */
function issuerName(tenant: string | undefined, config: string, policy: PolicyText, element: SourceElement): string {
  if (tenant !== undefined) return tenantName(tenant);
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
