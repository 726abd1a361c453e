import { fail } from "../../core/fail";
import { POLICY_NAMES } from "../names";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { rejection, requiredClaims, tokenVariable, TokenValidationProps } from "./token-validation";
import { literals, optionalAttribute, optionalNumber, plainName, someEntries } from "./writing/arguments";
import { replaceTokens } from "./writing/literal";
import { leaves, node } from "./writing/xml";
import { requireProps, requireText } from "../../core/given";

const DEFAULT_HEADER = "Authorization";

/** Which JSON Web Tokens are accepted from consumers. */
export interface RequireJwtProps extends TokenValidationProps {
  /**
   * `https://` URL of the issuer's OpenID configuration, which names the keys that validate tokens. It ends with
   * `/.well-known/openid-configuration` and begins with literal text.
   */
  readonly openIdConfigUrl: string;

  /** Audiences that a token can be for, at least one. */
  readonly audiences: string[];

  /**
   * Issuers that are accepted.
   *
   * @default - the issuer that the OpenID configuration names
   */
  readonly issuers?: string[];

  /**
   * Header that holds the token: after `Bearer ` in `Authorization`, without a scheme in any other header.
   *
   * @default "Authorization"
   */
  readonly headerName?: string;

  /**
   * Difference in seconds that is tolerated between the clocks of the issuer and the gateway.
   *
   * @default 0
   */
  readonly clockSkewSeconds?: number;
}

export function requireJwt(props: RequireJwtProps): StatementConfig {
  const call = "PolicyStatement.requireJwt";
  const example = 'PolicyStatement.requireJwt({ openIdConfigUrl: "https://...", audiences: ["..."] })';
  requireProps(call, props, example, ["issuers"]);
  const header = plainName(call, POLICY_NAMES.header, props.headerName ?? DEFAULT_HEADER);
  const attributes = {
    "header-name": header,
    ...rejection(call, props),
    "require-scheme": header.toLowerCase() === DEFAULT_HEADER.toLowerCase() ? "Bearer" : undefined,
    "clock-skew": optionalNumber(call, "clockSkewSeconds", props.clockSkewSeconds, 0),
    ...tokenVariable(call, props),
  };
  const audiences = someEntries(call, "audiences", props.audiences, '["00000000-0000-0000-0000-000000000000"]');
  // API Management accepts the children in this order only.
  const xml = node("validate-jwt", attributes, [
    node("openid-config", { url: openIdConfigUrl(call, props.openIdConfigUrl) }),
    ...leaves("audiences", "audience", literals(call, "audiences", audiences)),
    ...leaves("issuers", "issuer", literals(call, "issuers", props.issuers)),
    ...requiredClaims(call, props.requiredClaims),
  ]);
  return inbound(PolicySlot.VALIDATION, "require-jwt", xml);
}

function openIdConfigUrl(call: string, url: string): string | undefined {
  requireText(call, "openIdConfigUrl", url, 'openIdConfigUrl: "https://..."');
  const outline = replaceTokens(url, "t");
  const https = URL.canParse(outline) && /^https:\/\/\S+$/i.test(outline);
  if (!https)
    fail(
      call,
      "open-id-config-without-https",
      `The openIdConfigUrl "${url}" is not an HTTPS URL, but the keys that validate tokens must come over HTTPS.`,
      'Write a URL such as "https://login.microsoftonline.com/<tenant id>/v2.0/.well-known/openid-configuration".',
    );
  return optionalAttribute(call, "openIdConfigUrl", url);
}
