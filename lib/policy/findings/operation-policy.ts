import { PolicySection } from "../statement";
import { attributeOf, SourceElement, SourceTree } from "../syntax/source-tree";
import { PolicyFinding, examine, findingsOf, foundAt, policiesThat, PolicyRule } from "./rule";
import {
  copiesRequest,
  followsRedirects,
  hasComputedName,
  isInbound,
  isOfRequest,
  Located,
  sectionOf,
  setsAuthorization,
  setsCallerHeader,
  signsInWithIdentity,
  usesCertificate,
  validatesToken,
} from "./located";

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

const AFTER_BASE: readonly Omit<PolicyRule, "severity">[] = [
  {
    id: "operation-changes-backend",
    finds: requestPoliciesThat(({ element }) => element.name === "set-backend-service"),
    says: ({ name }) =>
      `<${name}> comes after <base />, so the gateway's token for the API's backend would go to another backend.`,
    resolutions: () => ["write the other backend as a branch of the SecureApimBackend, which gets its own token"],
  },
  {
    id: "operation-replaces-token",
    finds: requestPoliciesThat(
      (located) => setsAuthorization(located) || signsInWithIdentity(located) || usesCertificate(located),
    ),
    says: ({ name }) => `<${name}> comes after <base /> and replaces the gateway's token.`,
    resolutions: ({ name }) => [`remove the <${name}>`],
  },
  {
    id: "operation-sets-caller-header",
    finds: requestPoliciesThat(setsCallerHeader),
    says: ({ name }) =>
      `<${name}> comes after <base /> and sets an X-Caller-* header, which the backend trusts to come from a validated token.`,
    resolutions: () => [
      "write PolicyStatement.forwardCallerIdentity() in the policy of the API",
      "give the header another name",
    ],
  },
  {
    id: "operation-validates-gateway-token",
    finds: requestPoliciesThat((located) => validatesToken(located) && readsAuthorization(located)),
    says: ({ name }) =>
      `<${name}> comes after <base />, where Authorization has the gateway's token instead of the consumer's.`,
    resolutions: ({ name }) => [`move the <${name}> before <base />`],
  },
  {
    id: "operation-header-name-computed",
    finds: requestPoliciesThat(hasComputedName),
    says: ({ name }) =>
      `<${name}> comes after <base /> and computes the name of its header. If it is Authorization, it replaces the gateway's token.`,
    resolutions: () => ["write the name of the header as text"],
  },
  {
    id: "operation-copies-token",
    finds: policiesAfterBaseThat(copiesRequest),
    says: ({ name }) => `<${name}> copies the request, including the gateway's token, to another address.`,
    resolutions: () => ['write mode="new", and set the headers that the other address needs'],
  },
  {
    id: "operation-follows-redirects",
    finds: policiesAfterBaseThat(followsRedirects),
    says: ({ name }) =>
      `<${name}> follows redirects, so the gateway's token goes to any address that the backend redirects to.`,
    resolutions: () => ['remove follow-redirects="true", so that redirects go to the consumer'],
  },
];

const RULES = AFTER_BASE.map((rule): PolicyRule => ({ ...rule, severity: "conflict" }));

/** What the policy of an operation must not do beside the policy of its API, in document order. */
export function operationFindings(tree: SourceTree): PolicyFinding[] {
  const examined = examine(tree, []);
  const withoutBase = findingsOf([WITHOUT_BASE], examined);
  if (withoutBase.length > 0) return withoutBase;
  return findingsOf(RULES, examined).sort((a, b) => a.line - b.line || a.column - b.column);
}

/** After `<base />` the request carries the gateway's token instead of the consumer's. */
function policiesAfterBaseThat(holds: (located: Located) => boolean): PolicyRule["finds"] {
  return (examined) => {
    const end = baseOf(examined.tree)?.end ?? 0;
    return policiesThat((located) => (!isInbound(located) || located.element.start >= end) && holds(located))(examined);
  };
}

function requestPoliciesThat(holds: (located: Located) => boolean): PolicyRule["finds"] {
  return policiesAfterBaseThat((located) => isOfRequest(located) && holds(located));
}

function baseOf(tree: SourceTree): SourceElement | undefined {
  return sectionOf(tree, PolicySection.INBOUND)?.children.find(({ name }) => name === "base");
}

/** Where a validation reads the token from by default. */
function readsAuthorization({ element }: Located): boolean {
  const elsewhere = ["token-value", "query-parameter-name"].some((name) => attributeOf(element, name) !== undefined);
  const header = attributeOf(element, "header-name")?.trim().toLowerCase() ?? "authorization";
  return !elsewhere && header === "authorization";
}
