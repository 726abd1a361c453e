import * as errors from "../../core/policy-errors";
import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { locatedInStatement } from "./located";
import { SLOTS } from "./placement";
import { writeStatement } from "./statement-text";

/** The statements as a policy fragment. It stands in an inbound section, after `<base />`. */
export function fragmentText(statements: readonly PolicyStatementConfig[]): string {
  const misplaced = statements.find(
    ({ section, slot }) => section !== PolicySection.INBOUND || slot === PolicySlot.CORS,
  );
  if (misplaced) throw errors.notInFragment(misplaced.kind);
  const nested = statements.find((statement) =>
    locatedInStatement(statement).some(({ element }) => element.name === "include-fragment"),
  );
  if (nested) throw errors.fragmentInFragment(nested.kind);
  const layout = { newline: "\n", indent: "  ", unit: "  " };
  const written = SLOTS.flatMap((slot) => statements.filter((statement) => statement.slot === slot)).flatMap(
    (statement) => writeStatement(statement, layout),
  );
  return ["<fragment>", ...written.map((element) => `  ${element}`), "</fragment>"].join("\n");
}
