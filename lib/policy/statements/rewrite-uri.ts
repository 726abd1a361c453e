import { fail } from "../../core/fail";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { checkedValue, PolicyValue } from "../policy-value";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { replaceTokens } from "./writing/literal";
import { node } from "./writing/xml";

/** How a URL is rewritten. */
export interface RewriteUriOptions {
  /**
   * Whether query parameters that are not in the template reach the backend.
   *
   * @default true
   */
  readonly copyUnmatchedParams?: boolean;
}

/** The names of its properties. */
const REWRITE_URI_OPTIONS: PropertyNames<RewriteUriOptions> = { copyUnmatchedParams: true };

export function rewriteUri(template: PolicyValue, options: RewriteUriOptions): StatementConfig {
  const call = "PolicyStatement.rewriteUri";
  requireOnly(call, call, options, { names: REWRITE_URI_OPTIONS, example: `${call}(PolicyValue.literal("/..."))` });
  const literal = checkedValue(call, "template", template)._literal;
  // A Terraform value at the beginning is taken for a path.
  if (literal !== undefined && !replaceTokens(literal, "/").startsWith("/"))
    fail(
      call,
      "template-without-slash",
      `The template "${literal}" is not a path.`,
      `Begin it with a slash: "/${literal}".`,
    );
  const attributes = {
    template: template._attribute,
    "copy-unmatched-params": String(options.copyUnmatchedParams ?? true),
  };
  return inbound(PolicySlot.USER, "rewrite-uri", node("rewrite-uri", attributes));
}
