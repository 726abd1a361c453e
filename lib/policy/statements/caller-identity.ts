import { checkReason } from "../../core/reason";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { CALLER_HEADERS, FORWARDING_KIND, INHERITED_FORWARDING_KIND, TOKEN_VARIABLE, POLICY_NAMES } from "../names";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { plainName } from "./writing/arguments";
import { leaf, node } from "./writing/xml";

/** Where the caller's identity is taken from. */
export interface ForwardCallerIdentityOptions {
  /**
   * Variable that holds the validated token.
   *
   * @default "caller-token" - the variable that `requireEntraToken` and `requireJwt` fill
   */
  readonly tokenVariableName?: string;
}

/** The names of its properties. */
const FORWARD_CALLER_IDENTITY_OPTIONS: PropertyNames<ForwardCallerIdentityOptions> = { tokenVariableName: true };

export function forwardCallerIdentity(options: ForwardCallerIdentityOptions): StatementConfig {
  const call = "PolicyStatement.forwardCallerIdentity";
  requireOnly(call, call, options, { names: FORWARD_CALLER_IDENTITY_OPTIONS, example: `${call}()` });
  const variable = options.tokenVariableName ?? TOKEN_VARIABLE;
  return forwarding(call, FORWARDING_KIND, variable);
}

export function forwardInheritedCallerIdentity(tokenVariableName: string, reason: string): StatementConfig {
  const call = "PolicyStatement.forwardInheritedCallerIdentity";
  checkReason(call, call, reason, [`${call}("${tokenVariableName}", `, ")"]);
  return forwarding(call, INHERITED_FORWARDING_KIND, tokenVariableName);
}

function forwarding(call: string, kind: string, tokenVariableName: string): StatementConfig {
  const variable = plainName(call, POLICY_NAMES.variable, tokenVariableName);
  const xml = CALLER_HEADERS.map(([header, claim, otherwise]) => {
    const value = leaf("value", `@(${claimOf(variable, claim, otherwise)})`);
    return node("set-header", { name: header, "exists-action": "override" }, [value]);
  });
  return inbound(PolicySlot.CALLER_IDENTITY, kind, xml.join("\n"));
}

/** None of its characters is escaped in XML, so that it means the same in both policy formats of API Management. */
function claimOf(variable: string, claim: string, otherwise?: string): string {
  const fallback = otherwise === undefined ? '""' : claimOf(variable, otherwise);
  return `((Jwt)context.Variables["${variable}"]).Claims.GetValueOrDefault("${claim}", ${fallback})`;
}
