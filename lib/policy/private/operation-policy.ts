import * as errors from "../../core/operation-policy-errors";
import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { PolicyFinding } from "./finding";
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

/** Of a section that may hold one policy only, ours stands in place of `<base />`. */
const LAYOUT = { newline: "\n", indent: "    ", unit: "  " };

/**
 * Statements as the policy of one operation. In the inbound section they stand before `<base />`, where the policy of the API runs:
 * after it the request carries the gateway's token, and no longer the consumer's.
 */
export function operationText(statements: readonly PolicyStatementConfig[]): string {
  const sections = Object.values(PolicySection).map((section) => {
    const own = statements.filter((statement) => statement.section === section);
    const written = SLOTS.flatMap((slot) => own.filter((statement) => statement.slot === slot)).flatMap((statement) =>
      writeStatement(statement, LAYOUT),
    );
    const elements =
      section === PolicySection.INBOUND
        ? [...written, "<base />"]
        : section === PolicySection.BACKEND && written.length > 0
          ? written
          : ["<base />", ...written];
    return [`  <${section}>`, ...elements.map((element) => `    ${element}`), `  </${section}>`];
  });
  return ["<policies>", ...sections.flat(), "</policies>"].join("\n");
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
  if (!base) return [conflict(tree, start, "NO_BASE", errors.operationWithoutBase(), errors.writeBase())];

  const afterBase = locatedInDocument(tree).filter(
    (located) =>
      !located.aside &&
      (located.section === PolicySection.BACKEND || (isInbound(located) && located.element.start >= base.end)),
  );
  return afterBase.flatMap((located) => {
    const { element } = located;
    const { name } = element;
    const found = (message: string, resolution: string): PolicyFinding[] => [
      conflict(tree, element.start, "TOKEN_REPLACED_LATER", message, resolution),
    ];
    if (name === "set-backend-service") return found(errors.tokenGoesElsewhere(), errors.writeBranch());
    if (setsAuthorization(located) || signsInWithIdentity(located) || usesCertificate(located)) {
      return found(errors.tokenReplaced(name), errors.removeElement(name));
    }
    if (setsCallerHeader(located)) return found(errors.callerHeaderForged(), errors.writeIdentityInApi());
    if (validatesToken(located) && readsAuthorization(located)) {
      return found(errors.validatesGatewayToken(name), errors.moveBeforeBase(name));
    }
    return [];
  });
}

/** Where a validation reads the token from, unless it says otherwise. */
function readsAuthorization({ element }: Located): boolean {
  const elsewhere = ["token-value", "query-parameter-name"].some((name) => attributeOf(element, name) !== undefined);
  const header = attributeOf(element, "header-name")?.trim().toLowerCase() ?? "authorization";
  return !elsewhere && header === "authorization";
}

function conflict(
  tree: SourceTree,
  offset: number,
  kind: PolicyFinding["kind"],
  message: string,
  resolution: string,
): PolicyFinding {
  return {
    severity: "conflict",
    kind,
    source: tree.source,
    ...tree.position(offset),
    message,
    resolutions: [resolution],
  };
}
