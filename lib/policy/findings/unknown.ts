import { nearest } from "../../core/nearest";
import { PolicySection } from "../statement";
import { Located, PlacedElement } from "./located";
import { FoundElement, policiesThat, PolicyRule } from "./rule";

const SECTIONS: readonly string[] = Object.values(PolicySection);

/**
 * The policies of API Management.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-policies
 */
const POLICIES = `
  authentication-basic authentication-certificate authentication-managed-identity authentication-token
  azure-openai-emit-token-metric azure-openai-semantic-cache-lookup azure-openai-semantic-cache-store
  azure-openai-token-limit block cache-lookup cache-lookup-value cache-remove-value cache-store cache-store-value
  check-header choose cors cosmosdb-data-source cross-domain emit-metric find-and-replace forward-request
  get-authorization-context graphql-data-source http-data-source include-fragment invoke-dapr-binding invoke-request
  ip-filter json-to-xml jsonp limit-concurrency llm-content-safety llm-emit-token-metric llm-semantic-cache-lookup
  llm-semantic-cache-store llm-token-limit log-to-eventhub mock-response proxy publish-event publish-to-dapr quota
  quota-by-key rate-limit rate-limit-by-key redirect-content-urls retry return-response rewrite-uri
  send-one-way-request send-request send-service-bus-message set-backend-service set-body set-header set-method
  set-query-parameter set-request-metric-dimension-value set-status set-url set-variable sql-data-source trace
  validate-azure-ad-token validate-client-certificate validate-content validate-graphql-request validate-headers
  validate-jwt validate-odata-request validate-parameters validate-status-code wait xml-to-json xsl-transform`
  .trim()
  .split(/\s+/);

/** What can be in an element that contains policies. */
const CONTENTS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...["when", "otherwise", "retry", "limit-concurrency", "wait"].map((name): [string, Set<string>] => [
    name,
    new Set(POLICIES),
  ]),
  ["choose", new Set(["when", "otherwise"])],
]);

/** What can be directly in a section. */
const OF_SECTION: ReadonlySet<string> = new Set([...POLICIES, "base"]);

export const UNKNOWN_SECTION: PolicyRule = {
  id: "unknown-section",
  severity: "conflict",
  finds: ({ tree }) =>
    tree.roots[0].children
      .filter(({ name }) => isUnknownSection(name))
      .map((element) => new FoundElement(new PlacedElement(tree, element), ({ name }) => similarSection(name))),
  says: ({ name }) => `<${name}> is not a section of a policy document.`,
  resolutions: ({ name, value: section }) => [
    section ? `write <${section}>` : `move <${name}> into <inbound>, <backend>, <outbound> or <on-error>`,
  ],
};

/** The sections that are there, or whose name is misspelled. */
export function intendedSections(children: readonly { readonly name: string }[]): ReadonlySet<string | undefined> {
  const names = [...new Set(children.map(({ name }) => name))];
  return new Set([...names, ...names.filter(isUnknownSection).map(similarSection)]);
}

function isUnknownSection(name: string): boolean {
  return !SECTIONS.includes(name);
}

function similarSection(name: string): string | undefined {
  return OF_SECTION.has(name) ? undefined : nearest(name, SECTIONS);
}

export const UNKNOWN_POLICY: PolicyRule = {
  id: "unknown-policy",
  severity: "warning",
  finds: policiesThat(
    (located) => allowedAt(located)?.has(located.element.name) === false,
    (located) => nearest(located.element.name, allowedAt(located)!),
  ),
  says: ({ name }) =>
    `The library does not know a policy <${name}> that can be here. If API Management does not know it either, it refuses the document.`,
  resolutions: ({ value: similar }) => [
    similar ? `write <${similar}>` : "compare the name with the policy reference of API Management",
  ],
};

/** The names of what can be where an element is; `undefined` if it is part of a policy. */
function allowedAt({ element, nested }: Located): ReadonlySet<string> | undefined {
  return nested ? CONTENTS.get(element.parent!.name) : OF_SECTION;
}
