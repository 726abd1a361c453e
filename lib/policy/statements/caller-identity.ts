import { plainName } from "../private/arguments";
import { CALLER_HEADERS, TOKEN_VARIABLE } from "../private/caller-headers";
import { leaf, node } from "../private/markup";
import { POLICY_NAMES } from "../private/policy-names";
import { inbound } from "../private/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";

/** Where the caller's identity is taken from. */
export interface ForwardCallerIdentityProps {
  /**
   * Variable that holds the validated token.
   *
   * @default "caller-token" - that which `requireEntraToken` and `requireJwt` fill
   */
  readonly tokenVariableName?: string;
}

/** See `PolicyStatement.forwardCallerIdentity`. */
export function forwardCallerIdentity(props: ForwardCallerIdentityProps): IPolicyStatement {
  const call = "PolicyStatement.forwardCallerIdentity";
  const variable = plainName(call, POLICY_NAMES.variable, props.tokenVariableName ?? TOKEN_VARIABLE);
  const xml = CALLER_HEADERS.map(([header, claim, otherwise]) => {
    const value = leaf("value", `@(${claimOf(variable, claim, otherwise)})`);
    return node("set-header", { name: header, "exists-action": "override" }, [value]);
  });
  return inbound(PolicySlot.CALLER_IDENTITY, "forward-caller-identity", xml.join("\n"));
}

/** No character of it is written otherwise in XML, so that it means the same in both policy formats of API Management. */
function claimOf(variable: string, claim: string, otherwise?: string): string {
  const fallback = otherwise === undefined ? '""' : claimOf(variable, otherwise);
  return `((Jwt)context.Variables["${variable}"]).Claims.GetValueOrDefault("${claim}", ${fallback})`;
}
