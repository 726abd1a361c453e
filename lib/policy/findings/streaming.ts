import { PolicySection, StatementConfig } from "../statement";
import { attributeOf, SourceTree } from "../syntax/source-tree";
import { Located, sectionOf, valuesOf } from "./located";
import { Findings } from "./findings";
import { examine, foundAt, policiesThat, PolicyRule } from "./rule";

/*
 * A model answers in parts. Each part reaches the consumer at once only if nothing collects the response.
 * See https://learn.microsoft.com/azure/api-management/how-to-server-sent-events
 */

const RESPONSE_BUFFERED: PolicyRule = {
  id: "response-buffered",
  severity: "warning",
  // If buffer-response is written, its author has decided.
  finds: policiesThat((located) => forwards(located) && attributeOf(located.element, "buffer-response") === undefined),
  says: ({ name }) =>
    `<${name}> collects the response before it passes it on, so consumers get the streamed answer of a model all at once.`,
  resolutions: () => [
    'write buffer-response="false" on it, or bufferResponse: false in PolicyStatement.forwardRequest and PolicyStatement.retry',
    'write buffer-response="true" if responses must be collected',
  ],
};

const FORWARDING_INHERITED: PolicyRule = {
  id: "forwarding-inherited",
  severity: "warning",
  finds: (examined) => {
    const backend = sectionOf(examined.tree, PolicySection.BACKEND);
    const inherits =
      backend?.children.some(({ name }) => name === "base") &&
      !examined.statements.some(({ section }) => section === PolicySection.BACKEND);
    return backend && inherits ? [foundAt(examined, backend)] : [];
  },
  says: () =>
    "The <backend> section inherits how requests are forwarded. By default, the gateway collects the response, so consumers get the streamed " +
    "answer of a model all at once.",
  resolutions: () => [
    'write <forward-request buffer-response="false" /> instead of <base /> in it',
    "write .resolve(ConflictResolution.REPLACE_FORWARDING) on the document",
  ],
};

/** Whether a policy forwards the request. */
export function forwards({ element, section, aside }: Located): boolean {
  return element.name === "forward-request" && section === PolicySection.BACKEND && !aside;
}

/** Policies that read the whole response. */
export const READERS: ReadonlySet<string> = new Set([
  "validate-content",
  "find-and-replace",
  "json-to-xml",
  "xml-to-json",
  "xsl-transform",
  "cache-store",
]);

/** Code that reads the body of the response. */
export const RESPONSE_BODY = /\bResponse\s*(?:\?\s*)?\.\s*Body\b/;

const RESPONSE_READ: PolicyRule = {
  id: "response-read",
  severity: "warning",
  finds: (examined) => policiesThat((located) => readsResponse(located, valuesOf(examined.tree, located)))(examined),
  says: ({ name }) =>
    `<${name}> reads the whole response, so consumers get the streamed answer of a model all at once.`,
  resolutions: () => ["remove it, or the code in it that reads the body of the response"],
};

function readsResponse({ element, section }: Located, values: readonly { readonly value: string }[]): boolean {
  const isOfResponse = section === PolicySection.OUTBOUND || section === PolicySection.ON_ERROR;
  return (isOfResponse && READERS.has(element.name)) || values.some(({ value }) => RESPONSE_BODY.test(value));
}

/**
 * What collects the responses of a backend that streams them, in a document and the statements that are merged into it.
 *
 * @param ofOperation whether it is the policy of an operation, whose `<base />` is the policy of the API
 */
export function bufferingIn(tree: SourceTree, statements: readonly StatementConfig[], ofOperation = false): Findings {
  const inherited = ofOperation ? [] : [FORWARDING_INHERITED];
  return Findings.of([RESPONSE_BUFFERED, ...inherited, RESPONSE_READ], examine(tree, statements));
}
