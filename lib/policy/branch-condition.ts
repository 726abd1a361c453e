import { POLICY_NAMES, invalidPolicyName } from "./statements/writing/policy-names";
import { PolicyValue } from "./policy-value";
import { fail } from "../core/fail";

const LITERAL = /^[\w.\-/ ]+$/;

/** When a branch of an API is taken. */
export class BranchCondition {
  /**
   * The request has a header with this value.
   *
   * @param name name of the header
   * @param value letters, digits, spaces and _ . - /, compared with regard to case
   */
  public static header(name: string, value: string): BranchCondition {
    return equals("BranchCondition.header", "context.Request.Headers", name, value);
  }

  /**
   * The request has a query parameter with this value.
   *
   * @param name name of the query parameter
   * @param value letters, digits, spaces and _ . - /, compared with regard to case
   */
  public static queryParameter(name: string, value: string): BranchCondition {
    return equals("BranchCondition.queryParameter", "context.Request.Url.Query", name, value);
  }

  /**
   * A C# expression of type `bool` is true. As in `PolicyValue.expression`, quotes, `&` and `<` are written as XML entities.
   *
   * @param csharp the expression, without the `@(` and `)` around it
   * @see https://learn.microsoft.com/azure/api-management/api-management-policy-expressions
   */
  public static expression(csharp: string): BranchCondition {
    return new BranchCondition(PolicyValue.expression(csharp));
  }

  private constructor(private readonly condition: PolicyValue) {}

  /** @internal */
  public get _attribute(): string {
    return this.condition._attribute;
  }
}

function equals(call: string, dictionary: string, name: string, value: string): BranchCondition {
  if (!POLICY_NAMES.header.pattern.test(name)) invalidPolicyName(call, POLICY_NAMES.header, name);
  if (!LITERAL.test(value))
    fail(
      call,
      "invalid-branch-value",
      `"${value}" holds more than letters, digits, spaces and _ . - /. ` +
        `Write BranchCondition.expression("...") for anything else, with the C# that you mean.`,
    );
  return BranchCondition.expression(`${dictionary}.GetValueOrDefault("${name}", "") == "${value}"`);
}
