import { plainName } from "./writing/arguments";
import { CALLER_HEADERS, FORWARDING_KIND, INHERITED_FORWARDING_KIND, TOKEN_VARIABLE } from "../gateway/caller-headers";
import { leaf, node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { fail } from "../../core/fail";

/** Where the caller's identity is taken from. */
export interface ForwardCallerIdentityOptions {
  /**
   * Variable that holds the validated token.
   *
   * @default "caller-token" - that which `requireEntraToken` and `requireJwt` fill
   */
  readonly tokenVariableName?: string;
}

/** See `PolicyStatement.forwardCallerIdentity`. */
export function forwardCallerIdentity(props: ForwardCallerIdentityOptions): IPolicyStatement {
  const variable = props.tokenVariableName ?? TOKEN_VARIABLE;
  return forwarding("PolicyStatement.forwardCallerIdentity", FORWARDING_KIND, variable);
}

/** See `PolicyStatement.forwardInheritedCallerIdentity`. */
export function forwardInheritedCallerIdentity(tokenVariableName: string, reason: string): IPolicyStatement {
  const call = "PolicyStatement.forwardInheritedCallerIdentity";
  if (reason.trim() === "")
    fail(
      call,
      "inherited-without-reason",
      'the reason is empty. Write which policy validates the token, for example "the policy of the product validates it".',
    );
  return forwarding(call, INHERITED_FORWARDING_KIND, tokenVariableName);
}

function forwarding(call: string, kind: string, tokenVariableName: string): IPolicyStatement {
  const variable = plainName(call, POLICY_NAMES.variable, tokenVariableName);
  const xml = CALLER_HEADERS.map(([header, claim, otherwise]) => {
    const value = leaf("value", `@(${claimOf(variable, claim, otherwise)})`);
    return node("set-header", { name: header, "exists-action": "override" }, [value]);
  });
  return inbound(PolicySlot.CALLER_IDENTITY, kind, xml.join("\n"));
}

/** No character of it is written otherwise in XML, so that it means the same in both policy formats of API Management. */
function claimOf(variable: string, claim: string, otherwise?: string): string {
  const fallback = otherwise === undefined ? '""' : claimOf(variable, otherwise);
  return `((Jwt)context.Variables["${variable}"]).Claims.GetValueOrDefault("${claim}", ${fallback})`;
}
