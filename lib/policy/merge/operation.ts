import { PolicySection } from "../policy-section";
import { StatementConfig } from "../statement";
import { SLOTS } from "./placement";
import { writeStatement } from "./statement-text";

const LAYOUT = { newline: "\n", indent: "    ", unit: "  " };

/**
 * The statements as the policy of one operation. In the inbound section they come before `<base />`, where the policy of the API
 * runs: after it the request carries the gateway's token instead of the consumer's.
 */
export function operationText(statements: readonly StatementConfig[]): string {
  const sections = Object.values(PolicySection).flatMap((section) => [
    `  <${section}>`,
    ...contentOf(section, statements).map((element) => `    ${element}`),
    `  </${section}>`,
  ]);
  return ["<policies>", ...sections, "</policies>"].join("\n");
}

function contentOf(section: PolicySection, statements: readonly StatementConfig[]): string[] {
  const base = "<base />";
  const inOrder = SLOTS.flatMap((slot) =>
    statements.filter((statement) => statement.section === section && statement.slot === slot),
  );
  const written = inOrder.flatMap((statement) => writeStatement(statement, LAYOUT));
  if (section === PolicySection.INBOUND) return [...written, base];
  // The backend section accepts one policy.
  if (section === PolicySection.BACKEND && written.length > 0) return written;
  return [base, ...written];
}
