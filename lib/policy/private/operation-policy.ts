import * as errors from "../../core/operation-policy-errors";
import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { conflictAt, PolicyFinding } from "./finding";
import {
  isInbound,
  Located,
  locatedInDocument,
  setsAuthorization,
  setsCallerHeader,
  signsInWithIdentity,
  usesCertificate,
  validatesToken,
} from "./located";
import { SLOTS } from "./placement";
import { attributeOf, SourceTree } from "./source-tree";
import { writeStatement } from "./statement-text";
import { sectionOf } from "./structure";

const LAYOUT = { newline: "\n", indent: "    ", unit: "  " };

/**
 * Statements as the policy of one operation. In the inbound section they stand before `<base />`, where the policy of the API runs:
 * after it the request carries the gateway's token, and no longer the consumer's.
 */
export function operationText(statements: readonly PolicyStatementConfig[]): string {
  const sections = Object.values(PolicySection).flatMap((section) => [
    `  <${section}>`,
    ...elementsOf(section, statements).map((element) => `    ${element}`),
    `  </${section}>`,
  ]);
  return ["<policies>", ...sections, "</policies>"].join("\n");
}

function elementsOf(section: PolicySection, statements: readonly PolicyStatementConfig[]): string[] {
  const base = "<base />";
  const inOrder = SLOTS.flatMap((slot) =>
    statements.filter((statement) => statement.section === section && statement.slot === slot),
  );
  const written = inOrder.flatMap((statement) => writeStatement(statement, LAYOUT));
  if (section === PolicySection.INBOUND) return [...written, base];
  // The backend section may hold one policy only.
  if (section === PolicySection.BACKEND && written.length > 0) return written;
  return [base, ...written];
}

/** The statement of those that an operation cannot have, since the policy of the API takes back what it does. */
export function misplacedInOperation(statements: readonly PolicyStatementConfig[]): PolicyStatementConfig | undefined {
  return statements.find(({ slot }) => slot === PolicySlot.CALLER_IDENTITY);
}

/** What the policy of an operation must not do, beside that of its API. */
export function operationFindings(tree: SourceTree): PolicyFinding[] {
  const inbound = sectionOf(tree, PolicySection.INBOUND);
  const base = inbound?.children.find(({ name }) => name === "base");
  const start = (base ?? inbound ?? tree.roots[0])?.start ?? 0;
  if (!base) return [conflictAt(tree, start, "NO_BASE", errors.operationWithoutBase(), errors.writeBase())];

  return locatedInDocument(tree)
    .filter((located) => !isInbound(located) || located.element.start >= base.end)
    .flatMap((located) => [...replacedToken(tree, located), ...leakedToken(tree, located)]);
}

/** What takes the place of the gateway's token, or means the consumer's. */
function replacedToken(tree: SourceTree, located: Located): PolicyFinding[] {
  const { element, section, aside } = located;
  const { name, start } = element;
  if (aside || (section !== PolicySection.INBOUND && section !== PolicySection.BACKEND)) return [];
  const replaced = (message: string, resolution: string): PolicyFinding[] => [
    conflictAt(tree, start, "TOKEN_REPLACED_LATER", message, resolution),
  ];
  if (name === "set-backend-service") return replaced(errors.tokenGoesElsewhere(), errors.writeBranch());
  if (setsAuthorization(located) || signsInWithIdentity(located) || usesCertificate(located)) {
    return replaced(errors.tokenReplaced(name), errors.removeElement(name));
  }
  if (setsCallerHeader(located)) return replaced(errors.callerHeaderForged(), errors.writeIdentityInApi());
  if (validatesToken(located) && readsAuthorization(located)) {
    return replaced(errors.validatesGatewayToken(name), errors.moveBeforeBase(name));
  }
  const header = attributeOf(element, "name")?.trim() ?? "";
  if (name === "set-header" && /^@|\{\{/.test(header)) return replaced(errors.computedHeader(), errors.writeName());
  return [];
}

/** What takes the gateway's token along to somewhere else. */
function leakedToken(tree: SourceTree, { element }: Located): PolicyFinding[] {
  const { name, start } = element;
  const says = (attribute: string): string | undefined => attributeOf(element, attribute)?.trim();
  if ((name === "send-request" || name === "send-one-way-request") && says("mode") === "copy") {
    return [conflictAt(tree, start, "COPIED_TOKEN", errors.copiesToken(name), errors.writeNewRequest())];
  }
  if (name === "forward-request" && says("follow-redirects") === "true") {
    return [conflictAt(tree, start, "FOLLOWED_REDIRECTS", errors.followsRedirects(), errors.doNotFollow())];
  }
  return [];
}

/** Where a validation reads the token from, unless it says otherwise. */
function readsAuthorization({ element }: Located): boolean {
  const elsewhere = ["token-value", "query-parameter-name"].some((name) => attributeOf(element, name) !== undefined);
  const header = attributeOf(element, "header-name")?.trim().toLowerCase() ?? "authorization";
  return !elsewhere && header === "authorization";
}
