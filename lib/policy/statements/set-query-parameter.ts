import { PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { ExistsAction } from "./exists-action";
import { plainName } from "./writing/arguments";
import { POLICY_NAMES } from "./writing/policy-names";
import { leaf, node } from "./writing/xml";

/** How a query parameter is set. */
export interface SetQueryParameterOptions {
  /**
   * What happens to values that the parameter already has.
   *
   * @default ExistsAction.OVERRIDE
   */
  readonly existsAction?: ExistsAction;
}

/** See `PolicyStatement.setQueryParameter`. */
export function setQueryParameter(
  name: string,
  value: PolicyValue,
  options: SetQueryParameterOptions,
): StatementConfig {
  plainName("PolicyStatement.setQueryParameter", POLICY_NAMES.query, name);
  const attributes = { name, "exists-action": options.existsAction ?? ExistsAction.OVERRIDE };
  const xml = node("set-query-parameter", attributes, [leaf("value", value._text)]);
  return inbound(PolicySlot.USER, "set-query-parameter", xml);
}

/** See `PolicyStatement.removeQueryParameter`. */
export function removeQueryParameter(name: string): StatementConfig {
  plainName("PolicyStatement.removeQueryParameter", POLICY_NAMES.query, name);
  const xml = node("set-query-parameter", { name, "exists-action": "delete" });
  return inbound(PolicySlot.USER, "remove-query-parameter", xml);
}
