import { plainName } from "./writing/arguments";
import { leaf, node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { ExistsAction } from "./exists-action";

/** How a query parameter is set. */
export interface SetQueryParameterOptions {
  /**
   * What happens to the values that it already has.
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
): IPolicyStatement {
  plainName("PolicyStatement.setQueryParameter", POLICY_NAMES.query, name);
  const attributes = { name, "exists-action": options.existsAction ?? ExistsAction.OVERRIDE };
  const xml = node("set-query-parameter", attributes, [leaf("value", value._text)]);
  return inbound(PolicySlot.USER, "set-query-parameter", xml);
}

/** See `PolicyStatement.removeQueryParameter`. */
export function removeQueryParameter(name: string): IPolicyStatement {
  plainName("PolicyStatement.removeQueryParameter", POLICY_NAMES.query, name);
  const xml = node("set-query-parameter", { name, "exists-action": "delete" });
  return inbound(PolicySlot.USER, "remove-query-parameter", xml);
}
