import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { ExistsAction } from "./set-header";
import { plainName } from "./writing/arguments";
import { POLICY_NAMES } from "../names";
import { leaf, node } from "./writing/xml";
import { requireMember } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

/** How a query parameter is set. */
export interface SetQueryParameterOptions {
  /**
   * What happens to values that the parameter already has.
   *
   * @default ExistsAction.OVERRIDE
   */
  readonly existsAction?: ExistsAction;
}

/** The names of its properties. */
const SET_QUERY_PARAMETER_OPTIONS: PropertyNames<SetQueryParameterOptions> = { existsAction: true };

export function setQueryParameter(
  name: string,
  value: PolicyValue,
  options: SetQueryParameterOptions,
): StatementConfig {
  const call = "PolicyStatement.setQueryParameter";
  requireOnly(call, call, options, {
    names: SET_QUERY_PARAMETER_OPTIONS,
    example: `${call}("...", PolicyValue.literal("..."), { existsAction: ExistsAction.SKIP })`,
  });
  plainName(call, POLICY_NAMES.query, name);
  checkedValue(call, "value", value);
  const existsAction = options.existsAction ?? ExistsAction.OVERRIDE;
  requireMember(call, "existsAction", existsAction, ExistsAction, "ExistsAction.SKIP");
  const attributes = { name, "exists-action": existsAction };
  const xml = node("set-query-parameter", attributes, [leaf("value", value._text)]);
  return inbound(PolicySlot.USER, "set-query-parameter", xml);
}

export function removeQueryParameter(name: string): StatementConfig {
  plainName("PolicyStatement.removeQueryParameter", POLICY_NAMES.query, name);
  const xml = node("set-query-parameter", { name, "exists-action": "delete" });
  return inbound(PolicySlot.USER, "remove-query-parameter", xml);
}
