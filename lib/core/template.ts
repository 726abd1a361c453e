import { IResolvable, IResolveContext, Token } from "cdktf";

/**
 * A template that Terraform gets as it is written. In a text with tokens, cdktf takes every `${`, even an escaped one, for the begin
 * of an expression, and writes the tokens after it without their braces.
 */
export function asTemplate(text: string): string {
  return Token.isUnresolved(text) ? Token.asString(new Template(text)) : text;
}

class Template implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly text: string) {}

  public resolve(context: IResolveContext): string {
    context.ignoreEscapes = true;
    return context.resolve(this.text);
  }

  public toString(): string {
    return Token.asString(this);
  }
}
