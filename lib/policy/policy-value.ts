import { Token } from "cdktf";
import { resourceName } from "./statements/writing/arguments";
import { isExpression } from "./syntax/csharp";
import { checkLiteral, literalAttribute, literalText } from "./statements/writing/literal";
import { POLICY_NAMES } from "./statements/writing/policy-names";
import { fail } from "../core/fail";

const UNWRITABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/**
 * A value in a policy: a text, code that the gateway runs for each request, or a named value of API Management. None of
 * the three can be taken for another.
 */
export class PolicyValue {
  /**
   * A text that arrives as it is, or is refused here: an empty one, one with white space at either end, with characters
   * that a policy does not keep, and one that API Management would take for code (`@(`, `@{`) or a named value (`{{`).
   *
   * It may hold values that only Terraform knows. These are escaped by Terraform, which stops where one holds a brace, `@(`
   * or a control character.
   *
   * @param text the text
   */
  public static literal(text: string): PolicyValue {
    return new PolicyValue("literal", checkLiteral("PolicyValue.literal", "the text", text));
  }

  /**
   * A C# expression, without the `@(` and `)` that API Management wants around it. On one line, without values that only
   * Terraform knows. `{{name}}` in it is replaced by a named value before it runs.
   *
   * `&`, `<` and, in attributes, `"` are written as XML entities, so that the policy stays well-formed. API Management's own
   * samples do so, but its two policy formats are not documented to agree on it: an expression without these characters means
   * the same in both. Write `a > b` for `b < a`, a nested `?:` for `&&`, a cast for a generic, `\u0026` and `\u003c` in strings.
   *
   * @param csharp the expression, for example `context.Request.IpAddress`
   * @see https://learn.microsoft.com/azure/api-management/api-management-policy-expressions
   */
  public static expression(csharp: string): PolicyValue {
    return new PolicyValue("expression", checkCode("PolicyValue.expression", csharp, wrappedExpression));
  }

  /**
   * C# statements that end with `return`, without the `@{` and `}` around them. Otherwise as `expression`.
   *
   * @param csharp the statements, for example `var id = context.RequestId; return id.ToString();`
   * @see https://learn.microsoft.com/azure/api-management/api-management-policy-expressions
   */
  public static codeBlock(csharp: string): PolicyValue {
    const code = checkCode("PolicyValue.codeBlock", csharp, wrappedBlock);
    if (!/\breturn\b/.test(code))
      fail(
        "PolicyValue.codeBlock",
        "code-block-without-return",
        `"${csharp}" returns nothing. Write return ...; at its end, or PolicyValue.expression("...") for one expression.`,
      );
    return new PolicyValue("codeBlock", code);
  }

  /**
   * The named value of API Management, read there whenever the policy runs. It must exist before the policy: the
   * `displayName` of your `ApiManagementNamedValue` object, given as the name, makes Terraform keep that order.
   *
   * @param name its display name: letters, digits and _ . -
   * @see https://learn.microsoft.com/azure/api-management/api-management-howto-properties
   */
  public static namedValue(name: string): PolicyValue {
    return new PolicyValue("namedValue", resourceName("PolicyValue.namedValue", POLICY_NAMES.namedValue, name));
  }

  private constructor(
    private readonly kind: "literal" | "expression" | "codeBlock" | "namedValue",
    private readonly content: string,
  ) {}

  /** @internal */
  public get _literal(): string | undefined {
    return this.kind === "literal" ? this.content : undefined;
  }

  /** @internal */
  public get _attribute(): string {
    return this.kind === "literal" ? literalAttribute(this.content) : this.code().replace(/"/g, "&quot;");
  }

  /** @internal */
  public get _text(): string {
    return this.kind === "literal" ? literalText(this.content) : this.code().replace(/]]>/g, "]]&gt;");
  }

  private code(): string {
    if (this.kind === "namedValue") return `{{${this.content}}}`;
    const code = this.content.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    return this.kind === "expression" ? wrappedExpression(code) : wrappedBlock(code);
  }
}

function wrappedExpression(code: string): string {
  return `@(${code})`;
}

function wrappedBlock(code: string): string {
  return `@{ ${code} }`;
}

function checkCode(call: string, csharp: string, wrapped: (code: string) => string): string {
  const code = csharp.trim();
  if (code === "")
    fail(
      call,
      "expression-is-blank",
      'the expression is empty. Write C#, for example PolicyValue.expression("context.Request.IpAddress").',
    );
  if (Token.isUnresolved(csharp))
    fail(
      call,
      "token-in-expression",
      "the C# has a value in it that only Terraform knows, and that could change what the code means. " +
        'Put it into a named value, and write its name into the C#: "{{name}}" where a string is due.',
    );
  if (UNWRITABLE.test(code))
    fail(
      call,
      "expression-is-unwritable",
      `${JSON.stringify(code)} has a line break or another control character in it, which an attribute does not keep. ` +
        `Write it on one line, with /* */ in place of //, or put it into a policy fragment: PolicyStatement.includeFragment("...").`,
    );
  if (/^@[({]/.test(code))
    fail(
      call,
      "expression-is-wrapped",
      `"${code}" begins with the @ that is added to it. Write the C# alone, without @( and ) or @{ and }.`,
    );
  if (!isExpression(wrapped(code)))
    fail(
      call,
      "expression-is-not-whole",
      `"${code}" is not whole: the bracket that is added at its end would not be its end. ` +
        `Close every bracket, string and comment in it, none of them twice, and write /* */ in place of //.`,
    );
  return code;
}
