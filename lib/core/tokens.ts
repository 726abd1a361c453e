import { DefaultTokenResolver, Lazy, StringConcat, Token, Tokenization } from "cdktf";
import { IConstruct } from "constructs";

/** A token of cdktf, or an expression that the user wrote in Terraform's own template syntax. */
const TERRAFORM_VALUE = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** Whether the value, or a part of it, is known to Terraform only. Never hash, slice, compare or change the case of such a value. */
export function isToken(value: string): boolean {
  return Token.isUnresolved(value) || value.includes("${");
}

/**
 * The value in a form that survives being put into a policy document, where `${` means itself: an expression in Terraform's own
 * syntax becomes a token, and a literal stays as it is.
 */
export function asReference(value: string): string {
  return value.includes("${") ? Lazy.stringValue({ produce: () => value }) : value;
}

/**
 * The text with a stand-in for every part that only Terraform knows, for checks on the rest; `undefined` where the text
 * begins with such a part, and nothing can be said about its beginning.
 */
export function literalOutline(value: string, standIn: string): string | undefined {
  return value.startsWith("${") ? undefined : value.replace(TERRAFORM_VALUE, standIn);
}

/** How many elements a list has that may be filled until synth; what only Terraform knows counts as one. */
export function listLength(scope: IConstruct, list: string[]): number {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved: unknown = Tokenization.resolve(list, { scope, resolver });
  return Array.isArray(resolved) ? resolved.length : 1;
}
