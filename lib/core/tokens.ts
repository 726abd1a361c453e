import { DefaultTokenResolver, Lazy, StringConcat, Token, Tokenization } from "cdktf";
import { IConstruct } from "constructs";

/** A token of cdktf, or an expression that the user wrote in Terraform's own template syntax. */
const TERRAFORM_VALUE = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** Whether the value, or a part of it, is known to Terraform only. Never hash, slice, compare or change the case of such a value. */
export function isToken(value: string): boolean {
  return Token.isUnresolved(value) || value.includes("${");
}

/**
 * The value in a form that survives in a policy document, where `${` means itself: an expression in Terraform's own syntax
 * becomes a token, and a literal stays as it is.
 */
export function asReference(value: string): string {
  return value.includes("${") ? Lazy.stringValue({ produce: () => value }) : value;
}

/** The value as an argument of `Fn`, which takes an expression in Terraform's own syntax for a text to escape. */
export function asArgument(value: string): string {
  const template = value.includes("${") && !Token.isUnresolved(value);
  return template ? Lazy.stringValue({ produce: () => `"${value}"` }) : value;
}

/** The text with a stand-in for every part that only Terraform knows, for checks on the rest. */
export function literalOutline(value: string, standIn: string): string {
  return value.replace(TERRAFORM_VALUE, standIn);
}

/** Whether the text begins with a part that only Terraform knows, and nothing can be said about its beginning. */
export function beginsUnknown(value: string): boolean {
  return value.startsWith("${");
}

/** How many elements a list has that may be filled until synth; what only Terraform knows counts as one. */
export function listLength(scope: IConstruct, list: string[]): number {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved: unknown = Tokenization.resolve(list, { scope, resolver });
  return Array.isArray(resolved) ? resolved.length : 1;
}

/** The Terraform expression of a value, or the literal that it is; `undefined` where that is not known before synth. */
export function expressionOf(scope: IConstruct, value: string): string | undefined {
  try {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return String(Tokenization.resolve(value, { scope, resolver }));
  } catch {
    return undefined;
  }
}
