import {
  DefaultTokenResolver,
  Fn,
  IResolvable,
  IResolveContext,
  Lazy,
  StringConcat,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import { IConstruct } from "constructs";

/** A token of cdktf, or an expression that the user wrote in Terraform's own template syntax. */
const TERRAFORM_VALUE = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** What is escaped in a string of an expression, and tokens, which are not. */
const QUOTED = /(\$\{TfToken\[[^\]]*\]\})|["\\]/g;

/** Whether only Terraform knows the value, or a part of it. Never hash, slice, compare or change the case of such a value. */
export function isToken(value: string): boolean {
  // Plain JavaScript passes anything: the checks that follow refuse it.
  return Token.isUnresolved(value) || String(value).includes("${");
}

/** The value for a text in which `${` means itself: an expression in Terraform's syntax becomes a token; a literal stays. */
export function asReference(value: string): string {
  return value.includes("${") ? Lazy.stringValue({ produce: () => value }) : value;
}

/**
 * The value as an argument of `Fn`, which would escape an expression in Terraform's syntax, and writes a literal that a lazy value
 * produces without quotes.
 *
 * @param written how such a literal is written, which is quoted
 */
export function asArgument(value: string, written = (quoted: string): string => quoted): string {
  if (!isToken(value)) return value;
  if (!Token.isUnresolved(value)) return Lazy.stringValue({ produce: () => `"${value}"` });
  const isText = Tokenization.reverseString(value).literals.length > 0;
  const text = value.replace(QUOTED, (all, token?: string) => token ?? `\\${all}`);
  return Lazy.stringValue({
    produce: ({ scope }) => {
      const literal = lazyLiteral(scope, value);
      if (literal !== undefined) return written(Fn.rawString(literal));
      // cdktf would escape such a text as well, but print a warning each time.
      return isText ? `"${String(resolved(scope, text))}"` : value;
    },
  });
}

/** What a lazy value produces if that is a literal; `undefined` for a value that only Terraform knows. */
export function lazyLiteral(scope: IConstruct, value: string): string | undefined {
  const known = expressionOf(scope, value);
  return known === undefined || known.includes("${") ? undefined : known;
}

/** The text with a placeholder for every part that only Terraform knows, to check the rest. */
export function literalOutline(value: string, placeholder: string): string {
  return value.replace(TERRAFORM_VALUE, placeholder);
}

/** Whether the text begins with a part that only Terraform knows. */
export function beginsUnknown(value: string): boolean {
  return value.startsWith("${");
}

/** How many elements a list has that may be filled until synth; a value that only Terraform knows counts as one. */
export function listLength(scope: IConstruct, list: string[]): number {
  const value = resolved(scope, list);
  return Array.isArray(value) ? value.length : 1;
}

/** The Terraform expression of a value, or the literal that it is; `undefined` where that is not known before synth. */
export function expressionOf(scope: IConstruct, value: string): string | undefined {
  try {
    return String(resolved(scope, value));
  } catch {
    return undefined;
  }
}

/**
 * The same for a comparison: a reference to another stack begins with the path of that stack. cdktf marks such references only at
 * synth, and until then two stacks have the same expression for different resources.
 */
export function identityOf(scope: IConstruct, value: unknown): string | undefined {
  try {
    const resolver = new MarkedReferences(TerraformStack.of(scope));
    return String(Tokenization.resolve(value, { scope, resolver }));
  } catch {
    return undefined;
  }
}

/** The same for all stacks: a reference begins with the path of its stack in that stack as well. Nothing for an object or a list. */
export function identityInApp(scope: IConstruct, value: unknown): string | undefined {
  if (value === undefined || (typeof value === "object" && !Tokenization.isResolvable(value))) return undefined;
  return identityOf(scope, value)?.replace(/\$\{(?!<)/g, `\${<${TerraformStack.of(scope).node.path}>`);
}

class MarkedReferences extends DefaultTokenResolver {
  constructor(private readonly own: TerraformStack) {
    super(new StringConcat());
  }

  public override resolveToken(token: IResolvable, context: IResolveContext, postProcessor: never): unknown {
    const stack: unknown = Reflect.get(token, "originStack");
    if (!TerraformStack.isStack(stack) || stack === this.own) return super.resolveToken(token, context, postProcessor);
    return `\${<${stack.node.path}>${String(Reflect.get(token, "identifier"))}}`;
  }
}

/** A value with its tokens resolved. */
export function resolved(scope: IConstruct, value: unknown): unknown {
  return Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()) });
}

/** What a lazy value produces, with the tokens in it as they are. */
export function produced(scope: IConstruct, value: IResolvable): unknown {
  return value.resolve({ scope, preparing: false, resolve: (inner: unknown) => inner } as unknown as IResolveContext);
}
