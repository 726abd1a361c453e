import { Construct } from "constructs";
import { fail } from "../core/fail";
import { requireGiven, requireText } from "../core/given";
import { PolicyValue } from "./policy-value";
import { plainName } from "./statements/writing/arguments";
import { POLICY_NAMES } from "./names";

const LITERAL = /^[\w.\-/ ]+$/;

/** When a branch of an API is taken. */
export class BranchCondition {
  /**
   * The request has a header with this value.
   *
   * @param name name of the header
   * @param value letters, digits, spaces, `_`, `.`, `-` and `/`; case-sensitive
   */
  public static header(name: string, value: string): BranchCondition {
    const call = "BranchCondition.header";
    return equals(call, "context.Request.Headers", plainName(call, POLICY_NAMES.header, name), value);
  }

  /**
   * The request has a query parameter with this value.
   *
   * @param name name of the query parameter
   * @param value letters, digits, spaces, `_`, `.`, `-` and `/`; case-sensitive
   */
  public static queryParameter(name: string, value: string): BranchCondition {
    const call = "BranchCondition.queryParameter";
    return equals(call, "context.Request.Url.Query", plainName(call, POLICY_NAMES.query, name), value);
  }

  /**
   * A C# expression of type `bool` is true. As in `PolicyValue.expression`, quotes, `&` and `<` are written as XML entities.
   *
   * @param csharp the expression, without the surrounding `@(` and `)`
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

/** The condition, if it is one. */
export function checkedCondition(scope: Construct, condition: BranchCondition): BranchCondition {
  return requireGiven(scope, condition, {
    name: "when",
    has: ["_attribute", "condition"],
    example: 'when: BranchCondition.header("X-Version", "2"), or what another factory of BranchCondition returns',
  });
}

function equals(call: string, dictionary: string, name: string, value: string): BranchCondition {
  requireText(call, "value", value, 'a string, such as "2"');
  if (!LITERAL.test(value))
    fail(
      call,
      "invalid-branch-value",
      `The value "${value}" is empty or contains characters other than letters, digits, spaces, _, ., - and /.`,
      'For any other comparison, write the C#: BranchCondition.expression("...").',
    );
  return BranchCondition.expression(`${dictionary}.GetValueOrDefault("${name}", "") == "${value}"`);
}
