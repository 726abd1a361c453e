import type { IConstruct } from "constructs";
import { fail } from "./fail";
import { isToken } from "./tokens";

/** The value, which must be known at synth: it becomes a part of a name, of an id or of a policy. */
export function requireLiteral(scope: IConstruct, what: string, value: string): string {
  if (isToken(value)) {
    fail(
      scope,
      "literal-required",
      `${what} must be a plain string: it is needed at synth, before Terraform resolves variables and attributes.`,
      "Write the text itself.",
    );
  }
  return value;
}
