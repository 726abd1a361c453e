import { fail } from "../../core/fail";
import { locatedInStatement } from "../findings/located";
import { PolicySection } from "../policy-section";
import { PolicySlot, StatementConfig } from "../statement";
import { SLOTS } from "./placement";
import { writeStatement } from "./statement-text";

/** The statements as a policy fragment, which is included in the inbound section after `<base />`. */
export function fragmentText(statements: readonly StatementConfig[]): string {
  for (const statement of statements) checkInFragment(statement);
  const layout = { newline: "\n", indent: "  ", unit: "  " };
  const written = SLOTS.flatMap((slot) => statements.filter((statement) => statement.slot === slot)).flatMap(
    (statement) => writeStatement(statement, layout),
  );
  return ["<fragment>", ...written.map((element) => `  ${element}`), "</fragment>"].join("\n");
}

function checkInFragment(statement: StatementConfig): void {
  const { section, slot, kind } = statement;
  if (section !== PolicySection.INBOUND || slot === PolicySlot.CORS)
    fail(
      `statement ${kind}`,
      "not-in-fragment",
      `The statement "${kind}" cannot be in a policy fragment, which is included in the inbound section after <base />.`,
      "Write it in the policy that includes the fragment.",
    );
  if (locatedInStatement(statement).some(({ element }) => element.name === "include-fragment"))
    fail(
      `statement ${kind}`,
      "fragment-in-fragment",
      `The statement "${kind}" includes a policy fragment, but a fragment cannot include another one.`,
      "Write it in the policy that includes the fragment.",
    );
}
