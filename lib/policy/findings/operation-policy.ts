import { PolicySection, StatementConfig } from "../statement";
import { SourceElement, SourceTree } from "../syntax/source-tree";
import { answers, AUTHORIZATION, setsCallerHeader, tokenPlace, usesCertificate, validatesToken } from "./effects";
import {
  HEADER_NAME_UNKNOWN,
  REDIRECTS_FOLLOWED,
  SENT_THROUGH_PROXY,
  TOKEN_COPIED,
  TOKEN_READ,
  TOKEN_REPLACED_LATER,
} from "./gateway-token";
import { HEADER_REMOVED_LATER } from "./headers";
import { isInbound, isOfRequest, Located, sectionOf } from "./located";
import { Examined, examine, findingsOf, foundAt, policiesThat, PolicyFinding, PolicyRule } from "./rule";

const WITHOUT_BASE: PolicyRule = {
  id: "operation-without-base",
  severity: "conflict",
  finds: (examined) => {
    const { tree } = examined;
    if (baseOf(tree)) return [];
    const place = sectionOf(tree, PolicySection.INBOUND) ?? tree.roots[0];
    return [place ? foundAt(examined, place) : { at: { source: tree.source, ...tree.position(0) }, name: "" }];
  },
  says: () =>
    "The <inbound> section has no <base />, so the policy of the API, which adds the gateway's token, would not run.",
  resolutions: () => [
    "write <base /> at the end of <inbound>, or before policies that must run after the policy of the API",
  ],
};

const CHANGES_BACKEND: PolicyRule = {
  id: "operation-changes-backend",
  severity: "conflict",
  finds: policiesThat((located) => isOfRequest(located) && located.element.name === "set-backend-service"),
  says: ({ name }) =>
    `<${name}> comes after <base />, so the gateway's token for the API's backend would go to another backend.`,
  resolutions: () => ["write the other backend as a branch of the SecureApimBackend, which gets its own token"],
};

const SETS_CALLER_HEADER: PolicyRule = {
  id: "operation-sets-caller-header",
  severity: "conflict",
  finds: policiesThat((located) => isOfRequest(located) && setsCallerHeader(located)),
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
  finds: policiesThat(
    (located) => isOfRequest(located) && validatesToken(located) && tokenPlace(located) === AUTHORIZATION,
  ),
  says: ({ name }) =>
    `<${name}> comes after <base />, where Authorization has the gateway's token instead of the consumer's.`,
  resolutions: ({ name }) => [`move the <${name}> before <base />`],
};

const SENDS_CERTIFICATE: PolicyRule = {
  id: "operation-sends-certificate",
  severity: "warning",
  finds: policiesThat((located) => isOfRequest(located) && usesCertificate(located)),
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
];

/**
 * What the policy of an operation must not do beside the policy of its API, in document order.
 *
 * @param ofApi the statements of the policy of the API, which run at `<base />`
 */
export function operationFindings(tree: SourceTree, ofApi: readonly StatementConfig[] = []): PolicyFinding[] {
  const whole = examine(tree, []);
  const withoutBase = findingsOf([WITHOUT_BASE], whole);
  if (withoutBase.length > 0) return withoutBase;
  const end = baseOf(tree)?.end ?? 0;
  const isAfter = ({ section, element }: Located): boolean => section !== PolicySection.INBOUND || element.start >= end;
  const after: Examined = { ...whole, elements: whole.elements.filter(isAfter), reach: "everywhere" };
  const elements = whole.elements.filter((located) => !isAfter(located));
  const before: Examined = { ...whole, elements, statements: ofApi };
  return [...findingsOf([ANSWERS_BEFORE_BASE, HEADER_REMOVED_LATER], before), ...findingsOf(AFTER_BASE, after)].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

function baseOf(tree: SourceTree): SourceElement | undefined {
  return sectionOf(tree, PolicySection.INBOUND)?.children.find(({ name }) => name === "base");
}
