import { fail } from "../../core/fail";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { isCallerHeader, POLICY_NAMES } from "../names";
import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { knownList, optionalAttribute, plainName, wholeNumber } from "./writing/arguments";
import { leaf, node } from "./writing/xml";

/** A header that requests must have, with one of some values. */
export interface RequireHeaderProps {
  /** Name of the header: a letter, followed by letters, digits, `_` and `-`. Not `Authorization` or `X-Caller-*`. */
  readonly name: string;

  /** The values that are accepted, at least one. The request needs one of them. */
  readonly values: PolicyValue[];

  /**
   * Whether values that differ only in upper and lower case are accepted.
   *
   * @default false
   */
  readonly ignoreCase?: boolean;

  /**
   * Status of all other requests, from 400 to 599.
   *
   * @default 403
   */
  readonly statusCode?: number;

  /**
   * Message for all other requests.
   *
   * @default "Forbidden."
   */
  readonly failureMessage?: string;
}

/** The names of its properties. */
const REQUIRE_HEADER_PROPS: PropertyNames<RequireHeaderProps> = {
  name: true,
  values: true,
  failureMessage: true,
  ignoreCase: true,
  statusCode: true,
};

export function requireHeader(props: RequireHeaderProps): StatementConfig {
  const call = "PolicyStatement.requireHeader";
  const example = 'PolicyStatement.requireHeader({ name: "X-Azure-FDID", values: [PolicyValue.literal("...")] })';
  requireOnly(call, call, props, { names: REQUIRE_HEADER_PROPS, example: example });
  const name = plainName(call, POLICY_NAMES.header, props.name);
  if (name.toLowerCase() === "authorization")
    fail(
      call,
      "authorization-by-value",
      `The header "${name}" with a value that never changes is a password that everyone shares.`,
      "Check tokens instead: PolicyStatement.requireEntraToken({ ... }) or PolicyStatement.requireJwt({ ... }).",
    );
  if (isCallerHeader(name))
    fail(
      call,
      "caller-header-by-consumer",
      `Every consumer can send the header "${name}". The gateway sets it from the token only after this check.`,
      'Check the token: requiredClaims: [{ name: "oid", values: ["..."] }] in PolicyStatement.requireEntraToken or requireJwt.',
    );
  const values = knownList(call, "values", props.values).map((value) => checkedValue(call, "values", value));
  if (values.length === 0)
    fail(
      call,
      "header-without-values",
      `No value of the header "${name}" is listed, so every caller that sends the header would be accepted.`,
      'Write values: [PolicyValue.literal("...")].',
    );
  const xml = node(
    "check-header",
    {
      name,
      "failed-check-httpcode": wholeNumber(call, "statusCode", props.statusCode ?? 403, 400, 599),
      "failed-check-error-message": optionalAttribute(call, "failureMessage", props.failureMessage ?? "Forbidden."),
      "ignore-case": String(props.ignoreCase ?? false),
    },
    values.map((value) => leaf("value", value._text)),
  );
  return inbound(PolicySlot.VALIDATION, "require-header", xml);
}
