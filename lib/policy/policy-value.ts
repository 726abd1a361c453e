import { Token } from "cdktf";
import { fail } from "../core/fail";
import { requireGiven, requireText } from "../core/given";
import { resourceName } from "./statements/writing/arguments";
import { checkLiteral, literalAttribute, literalText } from "./statements/writing/literal";
import { POLICY_NAMES } from "./names";
import { isExpression } from "./syntax/csharp";

const LITERAL = "PolicyValue.literal";
const UNWRITABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;

/**
 * A value in a policy: a text, code that the gateway runs for each request, or a named value of API Management. None of
 * them can be mistaken for another.
 */
export class PolicyValue {
  /**
   * A text, which reaches API Management unchanged. It is an error if it is blank, begins or ends with white space, contains
   * characters that a policy does not keep, or looks like code (`@(`, `@{`) or a named value (`{{`).
   *
   * The text can contain Terraform values. Terraform escapes them, and stops if one contains a brace, `@(` or a control
   * character, or if the whole text is one value, and that is empty.
   *
   * @param text the text
   */
  public static literal(text: string): PolicyValue {
    return new PolicyValue("literal", checkLiteral(LITERAL, "The text", text));
  }

  /**
   * A C# expression on one line, without the surrounding `@(` and `)`. It cannot contain Terraform values. `{{name}}` in it is
   * replaced with a named value before the expression runs.
   *
   * `&`, `<` and, in attributes, `"` are written as XML entities, so that the policy is well-formed. API Management's samples
   * do the same, but the two policy formats are not documented to agree on it. An expression without these characters means
   * the same in both: write `a > b` for `b < a`, nested `?:` for `&&`, a cast for a generic, `\u0026` and `\u003c` in strings.
   *
   * @param csharp the expression, for example `context.Request.IpAddress`
   * @see https://learn.microsoft.com/azure/api-management/api-management-policy-expressions
   */
  public static expression(csharp: string): PolicyValue {
    return new PolicyValue("expression", checkCode("PolicyValue.expression", csharp, wrappedExpression));
  }

  /**
   * C# statements that end with `return`, without the surrounding `@{` and `}`. The rules of `expression` apply.
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
        `"${csharp}" returns nothing.`,
        'End it with return ...; or, for a single expression, write PolicyValue.expression("...").',
      );
    return new PolicyValue("codeBlock", code);
  }

  /**
   * A named value of API Management, read each time the policy runs. It must exist before the policy: pass the `displayName` of
   * your `ApiManagementNamedValue` object to make Terraform create it first.
   *
   * @param name its display name: letters, digits, `_`, `.` and `-`
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
    return this.kind === "literal" ? literalAttribute(LITERAL, this.content) : this.code().replace(/"/g, "&quot;");
  }

  /** @internal */
  public get _text(): string {
    return this.kind === "literal" ? literalText(LITERAL, this.content) : this.code().replace(/]]>/g, "]]&gt;");
  }

  /**
   * The value as an attribute that holds a condition.
   *
   * @internal
   */
  public _condition(call: string, name: string): string {
    if (this.kind === "literal")
      fail(
        call,
        "literal-as-condition",
        `The ${name} is a literal, which is the same for every request.`,
        `Write ${name}: PolicyValue.expression("context.Response.StatusCode == 429").`,
      );
    return this._attribute;
  }

  private code(): string {
    if (this.kind === "namedValue") return `{{${this.content}}}`;
    const code = this.content.replace(/&/g, "&amp;").replace(/</g, "&lt;");
    return this.kind === "expression" ? wrappedExpression(code) : wrappedBlock(code);
  }
}

/** The value, if it is one. */
export function checkedValue(call: string, name: string, value: PolicyValue): PolicyValue {
  const given: unknown = value;
  const text = typeof given === "string" ? JSON.stringify(given) : '"..."';
  return requireGiven(call, value, {
    name,
    has: ["_text", "_attribute"],
    example: `PolicyValue.literal(${text}), or PolicyValue.expression("...") for code`,
  });
}

function wrappedExpression(code: string): string {
  return `@(${code})`;
}

function wrappedBlock(code: string): string {
  return `@{ ${code} }`;
}

function checkCode(call: string, csharp: string, wrapped: (code: string) => string): string {
  const code = requireText(call, "C#", csharp, `${call}("context.RequestId")`).trim();
  if (code === "")
    fail(
      call,
      "blank-expression",
      "The expression is empty.",
      'Write C#, for example PolicyValue.expression("context.Request.IpAddress").',
    );
  if (Token.isUnresolved(csharp))
    fail(
      call,
      "terraform-value-in-expression",
      "The C# contains a value that only Terraform knows, which could change what the code means.",
      'Put the value into a named value, and write its name where the C# needs a string: "{{name}}".',
    );
  if (UNWRITABLE.test(code))
    fail(
      call,
      "unprintable-expression",
      `${JSON.stringify(code)} contains a line break or another control character, which an attribute does not keep.`,
      "Write it on one line, with /* */ instead of //, " +
        'or move it into a policy fragment: PolicyStatement.includeFragment("...").',
    );
  if (/^@[({]/.test(code))
    fail(
      call,
      "wrapped-expression",
      `"${code}" begins with "@", which the library adds.`,
      "Write only the C#, without @( and ) or @{ and }.",
    );
  if (!isExpression(wrapped(code)))
    fail(
      call,
      "incomplete-expression",
      `"${code}" is not a complete expression: the closing bracket that the library adds would not end it.`,
      "Close every bracket, string and comment exactly once, and write /* */ instead of //.",
    );
  return code;
}
