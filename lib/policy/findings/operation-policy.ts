import { PolicySection, PolicySlot, StatementConfig } from "../statement";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { BACKEND_CHOICES, choosesBackend, FRAGMENT_NOT_VISIBLE, INCLUSIONS, routes } from "./backend-choice";
import {
  answers,
  AUTHORIZATION,
  setsAuthorization,
  setsCallerHeader,
  signsInWithIdentity,
  TOKEN_VALIDATIONS,
  tokenPlace,
} from "./effects";
import {
  HEADER_NAME_UNKNOWN,
  REDIRECTS_FOLLOWED,
  SENT_THROUGH_PROXY,
  TOKEN_COPIED,
  TOKEN_READ,
  TOKEN_REPLACED_LATER,
} from "./gateway-token";
import { findingsOf } from "./findings";
import { HEADER_REMOVED_LATER } from "./headers";
import { isInbound, isOfRequest, Located, sectionOf } from "./located";
import { named } from "./named";
import {
  Examined,
  examine,
  foundAt,
  foundIn,
  merges,
  policiesNamed,
  policiesThat,
  PolicyFinding,
  PolicyRule,
} from "./rule";

const WITHOUT_BASE: PolicyRule = {
  id: "operation-without-base",
  severity: "conflict",
  finds: (examined) => {
    const { tree } = examined;
    const place = sectionOf(tree, PolicySection.INBOUND) ?? tree.roots[0];
    return [place ? foundAt(examined, place) : foundIn(tree, tree.position(0))];
  },
  says: () =>
    "The <inbound> section has no <base />, so the policy of the API, which adds the gateway's token, would not run.",
  resolutions: () => [
    "write <base /> at the end of <inbound>, or before policies that must run after the policy of the API",
  ],
};

const AS_BRANCH = "write the other backend as a branch of the SecureApimBackend, which gets its own token";

const CHANGES_BACKEND: PolicyRule = {
  id: "operation-changes-backend",
  severity: "conflict",
  finds: policiesNamed(BACKEND_CHOICES, choosesBackend),
  says: ({ name }) =>
    `<${name}> comes after <base />, so the gateway's token for the API's backend would go to another backend.`,
  resolutions: () => [AS_BRANCH],
};

const SETS_CALLER_HEADER: PolicyRule = {
  id: "operation-sets-caller-header",
  severity: "conflict",
  finds: policiesNamed(["set-header"], (located) => isOfRequest(located) && setsCallerHeader(located)),
  says: ({ name }) =>
    `<${name}> comes after <base /> and sets an X-Caller-* header, which the backend trusts to come from a validated token.`,
  resolutions: () => [
    "write PolicyStatement.forwardCallerIdentity() in the policy of the API",
    "give the header another name",
  ],
};

const VALIDATES_GATEWAY_TOKEN: PolicyRule = {
  id: "operation-validates-gateway-token",
  severity: "conflict",
  finds: policiesNamed(TOKEN_VALIDATIONS, (located) => isOfRequest(located) && tokenPlace(located) === AUTHORIZATION),
  says: ({ name }) =>
    `<${name}> comes after <base />, where Authorization has the gateway's token instead of the consumer's.`,
  resolutions: ({ name }) => [`move the <${name}> before <base />`],
};

const SENDS_CERTIFICATE: PolicyRule = {
  id: "operation-sends-certificate",
  severity: "warning",
  finds: policiesNamed(["authentication-certificate"], isOfRequest),
  says: ({ name }) => `<${name}> signs in to the backend with a certificate, besides the gateway's token.`,
  resolutions: ({ name }) => [`remove <${name}> if the backend does not ask for a certificate`],
};

/** The policy of the API, at `<base />`, checks requests. */
const ANSWERS_BEFORE_BASE: PolicyRule = {
  id: "operation-answers-before-base",
  severity: "warning",
  finds: policiesThat((located) => isInbound(located) && answers(located)),
  says: ({ name }) =>
    `<${name}> comes before <base />, so it can answer requests that the policy of the API has not checked.`,
  resolutions: ({ name }) => [`write a document with <${name}> after <base />`],
};

/** It overrides what runs before it, and its token is for the backend that it chooses. */
const OVERRIDDEN_AT_BASE: PolicyRule = {
  id: "operation-overridden-at-base",
  severity: "warning",
  when: merges(PolicySlot.TOKEN),
  finds: policiesThat(
    (located, { statements }) =>
      isInbound(located) &&
      (setsAuthorization(located) ||
        signsInWithIdentity(located) ||
        (choosesBackend(located) && statements.some(routes))),
  ),
  says: ({ name }) =>
    `<${name}> comes before <base />, where the policy of the API chooses the backend and sets Authorization again.`,
  resolutions: ({ name }) => [`remove <${name}>`],
};

const TOKEN_FOR_OWN_ADDRESS: PolicyRule = {
  id: "operation-chooses-backend",
  severity: "conflict",
  when: merges(PolicySlot.TOKEN),
  finds: policiesNamed(BACKEND_CHOICES, (located, { statements }) => isInbound(located) && !statements.some(routes)),
  says: ({ name }) =>
    `<${name}> chooses a backend, but the policy of the API gets a token for the backend at the API's own address.`,
  resolutions: () => [AS_BRANCH],
};

/** Those of the request are said of the document alone. */
const FRAGMENT_SEES_TOKEN: PolicyRule = {
  ...FRAGMENT_NOT_VISIBLE,
  finds: (examined) =>
    FRAGMENT_NOT_VISIBLE.finds({
      ...examined,
      elements: named(examined.elements, INCLUSIONS).filter((located) => !isOfRequest(located)),
    }),
};

/** What a merge may do with a warning, because it is seen where the policy of the API is written. */
const FORBIDDEN = [TOKEN_REPLACED_LATER, HEADER_NAME_UNKNOWN, TOKEN_COPIED, REDIRECTS_FOLLOWED];

const AFTER_BASE: readonly PolicyRule[] = [
  CHANGES_BACKEND,
  SETS_CALLER_HEADER,
  VALIDATES_GATEWAY_TOKEN,
  ...FORBIDDEN.map((rule): PolicyRule => ({ ...rule, severity: "conflict" })),
  TOKEN_READ,
  SENT_THROUGH_PROXY,
  SENDS_CERTIFICATE,
  FRAGMENT_SEES_TOKEN,
];

const BEFORE_BASE: readonly PolicyRule[] = [
  ANSWERS_BEFORE_BASE,
  HEADER_REMOVED_LATER,
  OVERRIDDEN_AT_BASE,
  TOKEN_FOR_OWN_ADDRESS,
];

/**
 * What the policy of an operation must not do beside the policy of its API, in document order.
 *
 * @param ofApi the statements of the policy of the API, which run at `<base />`
 */
export function operationFindings(tree: SourceTree, ofApi: readonly StatementConfig[] = []): PolicyFinding[] {
  const whole = examine(tree, []);
  const base = baseOf(tree);
  if (!base) return findingsOf([WITHOUT_BASE], whole);
  const isAfter = ({ section, element }: Located): boolean =>
    section !== PolicySection.INBOUND || element.start >= base.end;
  const after: Examined = { ...whole, elements: whole.elements.filter(isAfter), reach: "everywhere" };
  const elements = whole.elements.filter((located) => !isAfter(located));
  const before: Examined = { ...whole, elements, statements: ofApi };
  return [...findingsOf(BEFORE_BASE, before), ...findingsOf(AFTER_BASE, after)].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

function baseOf(tree: SourceTree): SourceElement | undefined {
  return sectionOf(tree, PolicySection.INBOUND)?.children.find(({ name }) => name === "base");
}
