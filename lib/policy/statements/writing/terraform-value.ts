import { Fn, IResolvable, IResolveContext, Lazy, Precondition, Token, Tokenization } from "cdktf";
import { ofTerraform } from "../../../core/at-plan";
import { conditionMessage } from "../../../core/fail";
import { GUID, TENANT } from "../../../core/ids";
import { isComputedId } from "../../../azure/computed";
import { NameRule } from "../../../core/names";
import { once } from "../../../core/once";
import { asArgument, asReference, isToken, lazyLiteral } from "../../../core/tokens";
import { Entities } from "./xml";

/** What a value that only Terraform knows must be to be written into a policy. */
export interface ValueKind {
  /** Fits Terraform's syntax as well: without groups and backslashes. */
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly expected: string;
  /**
   * The characters to escape.
   *
   * @default - none: the pattern allows none that has a meaning in XML
   */
  readonly entities?: Entities;
}

export const AN_ID: ValueKind = { pattern: GUID, expected: 'a GUID such as "00000000-0000-0000-0000-000000000000"' };

export const A_TENANT: ValueKind = { pattern: TENANT, expected: "the GUID of the tenant, or one of its domains" };

export const AN_AUDIENCE: ValueKind = {
  pattern: /^[A-Za-z0-9][A-Za-z0-9:/._~%?=+-]*$/,
  expected: "a client id, or an application id URI such as api://orders",
};

export const A_NUMBER: ValueKind = { pattern: /^[0-9]+$/, expected: "a whole number" };

export function aName({ pattern, allowed }: NameRule): ValueKind {
  return { pattern, expected: allowed };
}

/** No brace, no control character, no `@(`, and no `@` at the end of a text. */
const CHARACTER = "(?:[^@{}[:cntrl:]]|@+[^@({}[:cntrl:]])";
const FIRST = "(?:[^ @{}[:cntrl:]]|@+[^@({}[:cntrl:]])";
const EXCLUDED = "without braces, @( and control characters, and without @ at its end";

/** A part of a text, which may be empty. */
export function textPart(entities: Entities): ValueKind {
  return { pattern: new RegExp(`^${CHARACTER}*$`), expected: `a text ${EXCLUDED}`, entities };
}

/** A whole text. The effect of an empty one in API Management is not documented. */
export function wholeText(entities: Entities): ValueKind {
  return {
    pattern: new RegExp(`^${FIRST}${CHARACTER}*$`),
    expected: `a text that is not empty, ${EXCLUDED}`,
    entities,
  };
}

/**
 * The value, which Terraform checks and escapes where it is written, unless it is an id that a resource gives. The policy checks it
 * before, with a message: see `unknownsIn`.
 *
 * @param what the value as a message names it, such as `clientIds in PolicyStatement.requireEntraToken`
 */
export function checkedByTerraform(what: string, value: string, kind: ValueKind): string {
  return Token.asString(new CheckedValue(what, value, kind));
}

/** The value, which Terraform checks if only it knows the value. */
export function checkedIfUnknown(what: string, value: string, kind: ValueKind): string {
  return isToken(value) ? checkedByTerraform(what, value, kind) : value;
}

/** A value in a policy that only Terraform knows. */
export interface PolicyUnknown {
  readonly value: string;
  /** Whether it is a text, which may be a secret, and not an id or a name. */
  readonly isText: boolean;
  readonly condition: Precondition;
}

/** The values in the text of a policy that only Terraform knows, each once. */
export function unknownsIn(policy: string): PolicyUnknown[] {
  if (!Token.isUnresolved(policy)) return [];
  const values = Tokenization.reverseString(policy).tokens.filter(isCheckedValue);
  return [...new Map(values.map(({ _identity, _unknown }) => [_identity, _unknown])).values()];
}

/** Recognized by a member and not by its class: two copies of the package can be loaded in one app. */
function isCheckedValue(token: IResolvable): token is CheckedValue {
  return "_unknown" in token;
}

/**
 * The check travels with the value, so that a text with the value cannot lose it.
 *
 * @see docs/design/decisions.md#values-at-plan
 */
class CheckedValue implements IResolvable {
  public readonly creationStack: string[] = [];
  /** The same for values that are checked in the same way. */
  public readonly _identity: string;
  public readonly _unknown: PolicyUnknown;

  private readonly reference: () => string;
  private readonly written: () => string;

  constructor(what: string, value: string, { pattern, expected, entities = [] }: ValueKind) {
    // An id that a resource gives needs no check, so most of the tokens are never made.
    const matched = once(() => Token.asString(Fn.regex(ofTerraform(pattern), asArgument(value))));
    this.reference = once(() => asReference(value));
    this.written = once(() =>
      entities.reduce((text, [character, entity]) => Fn.replace(text, Fn.rawString(character), entity), matched()),
    );
    this._identity = `${what} ${value} ${pattern.source}`;
    const condition = once(() => ({
      condition: Lazy.anyValue({
        // Terraform requires a reference, which a literal is not. What is written fails if the literal does not match.
        produce: ({ scope }) =>
          lazyLiteral(scope, value) === undefined ? Fn.can(matched()) : '${terraform.workspace != ""}',
      }),
      errorMessage: conditionMessage(
        "policy-value-not-allowed",
        `The value of ${what}, which only Terraform knows, cannot be written into the policy.`,
        `Use ${expected}.`,
      ),
    }));
    this._unknown = {
      value,
      isText: entities.length > 0,
      get condition() {
        return condition();
      },
    };
  }

  public resolve({ scope }: IResolveContext): string {
    return isComputedId(scope, this._unknown.value) ? this.reference() : this.written();
  }

  public toString(): string {
    return Token.asString(this);
  }
}
