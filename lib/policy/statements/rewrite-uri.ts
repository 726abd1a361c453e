import { replaceTokens } from "./writing/literal";
import { node } from "./writing/xml";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { PolicyValue } from "../policy-value";
import { fail } from "../../core/fail";

/** How an address is rewritten. */
export interface RewriteUriOptions {
  /**
   * Whether query parameters that the template does not name reach the backend.
   *
   * @default true
   */
  readonly copyUnmatchedParams?: boolean;
}

/** See `PolicyStatement.rewriteUri`. */
export function rewriteUri(template: PolicyValue, options: RewriteUriOptions): IPolicyStatement {
  const literal = template._literal;
  // Where the template begins with a value of Terraform, that is taken for a path.
  if (literal !== undefined && !replaceTokens(literal, "/").startsWith("/")) {
    fail(
      "PolicyStatement.rewriteUri",
      "template-without-slash",
      `the template "${literal}" is no path. Write one that begins with a slash: "/${literal}".`,
    );
  }
  const attributes = {
    template: template._attribute,
    "copy-unmatched-params": String(options.copyUnmatchedParams ?? true),
  };
  return inbound(PolicySlot.USER, "rewrite-uri", node("rewrite-uri", attributes));
}
