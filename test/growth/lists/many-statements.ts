import {
  ConflictResolution,
  IpFilterAction,
  PolicyDocument,
  PolicySection,
  PolicyStatement,
  PolicyValue,
} from "cdktf-secure-apim-backend";
import { addressOf } from "./make";

const counterKey = PolicyValue.expression("context.Subscription.Id");
const text = PolicyValue.literal("a");

/** A number of an entry. All have one length. */
function numberOf(entry: string): number {
  return Number(entry.slice(-5));
}

/** A statement of each factory that is another one for each entry. */
export const STATEMENT_OF: Readonly<Record<string, (entry: string) => PolicyStatement>> = {
  forwardInheritedCallerIdentity: (entry) =>
    PolicyStatement.forwardInheritedCallerIdentity(entry, "the policy of the product validates it"),
  rateLimitByKey: (entry) =>
    PolicyStatement.rateLimitByKey({ calls: numberOf(entry), renewalPeriodSeconds: 60, counterKey }),
  quotaByKey: (entry) => PolicyStatement.quotaByKey({ calls: numberOf(entry), renewalPeriodSeconds: 3600, counterKey }),
  llmTokenLimit: (entry) => PolicyStatement.llmTokenLimit({ counterKey, tokensPerMinute: numberOf(entry) }),
  llmEmitTokenMetric: (entry) => PolicyStatement.llmEmitTokenMetric({ dimensions: [{ name: entry, value: text }] }),
  ipFilter: (entry) => PolicyStatement.ipFilter({ action: IpFilterAction.ALLOW, addresses: [addressOf(entry)] }),
  requireHeader: (entry) => PolicyStatement.requireHeader({ name: entry, values: [text] }),
  includeFragment: (entry) => PolicyStatement.includeFragment(entry, { section: PolicySection.INBOUND }),
  rewriteUri: (entry) => PolicyStatement.rewriteUri(PolicyValue.literal(`/${entry}`)),
  setHeader: (entry) => PolicyStatement.setHeader(entry, text),
  removeHeader: (entry) => PolicyStatement.removeHeader(entry),
  setQueryParameter: (entry) => PolicyStatement.setQueryParameter(entry, text),
  removeQueryParameter: (entry) => PolicyStatement.removeQueryParameter(entry),
  raw: (entry) => PolicyStatement.raw(PolicySection.INBOUND, `<trace source="${entry}"><message>a</message></trace>`),
};

/** An element of existing text that is another one for each entry. */
export const ELEMENT_OF: Readonly<Record<string, (entry: string) => string>> = {
  header: (entry) => `<set-header name="${entry}" exists-action="override"><value>a</value></set-header>`,
  "variable that another one reads": (entry) =>
    `<set-variable name="${entry}" value="a" /><set-header name="${entry}"><value>@((string)context.Variables[&quot;${entry}&quot;])</value></set-header>`,
  choice: (entry) => `<choose><when condition="@(true)"><set-variable name="${entry}" value="a" /></when></choose>`,
  fragment: (entry) => `<include-fragment fragment-id="${entry}" />`,
  request: (entry) =>
    `<send-request mode="new" response-variable-name="${entry}"><set-url>https://${entry}.contoso.com</set-url></send-request>`,
  "unknown element": (entry) => `<x${entry} />`,
  comment: (entry) => `<!-- ${entry} -->`,
  "line with an element": (entry) => `\n    <x${entry} />\n`,
  "named value": (entry) => `<set-variable name="${entry}" value="{{${entry}}}" />`,
  expression: (entry) => `<set-variable name="${entry}" value="@(context.Request.Headers["${entry}"].Length < 3)" />`,
  secret: (entry) => `<set-header name="${entry}"><value>Bearer eyJhbGciOiJIUzI1NiJ9.${entry}</value></set-header>`,
};

/** Text with these elements, one after another. */
export function documentWith(elements: readonly string[]): PolicyDocument {
  return PolicyDocument.fromXml(`<policies><inbound><base />${elements.join("")}</inbound></policies>`);
}

/** Text with elements in each other. */
export function documentOfDepth({ length }: readonly unknown[]): PolicyDocument {
  const around = `<choose><when condition="@(true)">`;
  return documentWith([
    around.repeat(length),
    `<set-variable name="a" value="a" />`,
    "</when></choose>".repeat(length),
  ]);
}

/** Text that chooses backends, which the library overrides. */
export function documentWithBackends(entries: readonly string[]): PolicyDocument {
  const choices = entries.map(
    (entry) => `<choose><when condition="@(true)"><set-backend-service backend-id="${entry}" /></when></choose>`,
  );
  return documentWith(choices).resolve(ConflictResolution.REPLACE_BACKEND);
}
