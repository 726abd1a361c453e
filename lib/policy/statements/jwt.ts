import { literals, optionalAttribute, optionalNumber, plainName, someLiterals } from "./writing/arguments";
import { TOKEN_VARIABLE } from "../gateway/caller-headers";
import { replaceTokens } from "./writing/literal";
import { leaves, node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { requiredClaims, RequiredClaim } from "./required-claim";
import { fail } from "../../core/fail";

const DEFAULT_HEADER = "Authorization";

/** Which JSON Web Tokens are accepted from consumers. */
export interface RequireJwtProps {
  /**
   * `https://` address of the issuer's OpenID configuration, whose keys tokens are checked with. It ends with
   * `/.well-known/openid-configuration`, and begins with literal text.
   */
  readonly openIdConfigUrl: string;

  /** For whom tokens are accepted, one at least. */
  readonly audiences: string[];

  /**
   * Who may have issued them.
   *
   * @default - the issuer that the OpenID configuration names
   */
  readonly issuers?: string[];

  /**
   * Claims that a token must have besides.
   *
   * @default - none
   */
  readonly requiredClaims?: RequiredClaim[];

  /**
   * Header that brings the token: `Authorization` after `Bearer `, another one the token alone.
   *
   * @default "Authorization"
   */
  readonly headerName?: string;

  /**
   * By how many seconds the clocks of issuer and gateway may differ.
   *
   * @default 0
   */
  readonly clockSkewSeconds?: number;

  /**
   * Variable that holds the token once it is validated: letters, digits, _ and - after a letter.
   *
   * @default "caller-token" - that which `forwardCallerIdentity` reads
   */
  readonly tokenVariableName?: string;

  /**
   * What consumers read who are refused.
   *
   * @default - what API Management says of the token
   */
  readonly failureMessage?: string;
}

/** See `PolicyStatement.requireJwt`. */
export function requireJwt(props: RequireJwtProps): IPolicyStatement {
  const call = "PolicyStatement.requireJwt";
  const header = plainName(call, POLICY_NAMES.header, props.headerName ?? DEFAULT_HEADER);
  const attributes = {
    "header-name": header,
    "failed-validation-httpcode": "401",
    "failed-validation-error-message": optionalAttribute(call, "failureMessage", props.failureMessage),
    "require-scheme": header.toLowerCase() === DEFAULT_HEADER.toLowerCase() ? "Bearer" : undefined,
    "clock-skew": optionalNumber(call, "clockSkewSeconds", props.clockSkewSeconds, 0),
    "output-token-variable-name": plainName(call, POLICY_NAMES.variable, props.tokenVariableName ?? TOKEN_VARIABLE),
  };
  // API Management accepts the children in this order only.
  const xml = node("validate-jwt", attributes, [
    node("openid-config", { url: openIdConfigUrl(call, props.openIdConfigUrl) }),
    ...leaves(
      "audiences",
      "audience",
      someLiterals(call, "audiences", props.audiences, '["00000000-0000-0000-0000-000000000000"]'),
    ),
    ...leaves("issuers", "issuer", literals(call, "issuers", props.issuers)),
    ...requiredClaims(call, props.requiredClaims),
  ]);
  return inbound(PolicySlot.VALIDATION, "require-jwt", xml);
}

function openIdConfigUrl(call: string, url: string): string | undefined {
  const outline = replaceTokens(url, "t");
  const https = URL.canParse(outline) && /^https:\/\/\S+$/i.test(outline);
  if (!https)
    fail(
      call,
      "not-https",
      `${"openIdConfigUrl"} is "${url}", but the keys that tokens are checked with must come over HTTPS. ` +
        `Write an address such as "https://login.microsoftonline.com/<tenant id>/v2.0/.well-known/openid-configuration".`,
    );
  return optionalAttribute(call, "openIdConfigUrl", url);
}
