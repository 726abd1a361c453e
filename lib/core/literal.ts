import type { IConstruct } from "constructs";
import { fail } from "./fail";
import { isToken } from "./tokens";

/**
 * The value, which must be known at synth: it becomes part of a name, an id or a document.
 *
 * @param what the value as a message names it, such as `The name of a version`
 */
export function requireLiteral(scope: IConstruct, what: string, value: string): string {
  if (isToken(value)) {
    fail(
      scope,
      "literal-required",
      `${what} must be a plain string: it is needed at synth, before Terraform resolves variables and attributes.`,
      "Write the string itself.",
    );
  }
  return value;
}
