import { PolicySection, PolicySlot, PolicyStatementConfig } from "../policy-statement";
import { locatedInStatement } from "./located";
import { SLOTS } from "./placement";
import { writeStatement } from "./statement-text";
import { fail } from "../../core/fail";

/** The statements as a policy fragment. It stands in an inbound section, after `<base />`. */
export function fragmentText(statements: readonly PolicyStatementConfig[]): string {
  const misplaced = statements.find(
    ({ section, slot }) => section !== PolicySection.INBOUND || slot === PolicySlot.CORS,
  );
  if (misplaced)
    fail(
      undefined,
      "not-in-fragment",
      `The statement ${misplaced.kind} cannot stand in a policy fragment, which is included in the inbound section after <base />. ` +
        `Write it into the policy that includes the fragment.`,
    );
  const nested = statements.find((statement) =>
    locatedInStatement(statement).some(({ element }) => element.name === "include-fragment"),
  );
  if (nested)
    fail(
      undefined,
      "fragment-in-fragment",
      `The statement ${nested.kind} includes a policy fragment, which cannot stand in another one. ` +
        `Write it into the policy that includes the fragment.`,
    );
  const layout = { newline: "\n", indent: "  ", unit: "  " };
  const written = SLOTS.flatMap((slot) => statements.filter((statement) => statement.slot === slot)).flatMap(
    (statement) => writeStatement(statement, layout),
  );
  return ["<fragment>", ...written.map((element) => `  ${element}`), "</fragment>"].join("\n");
}
