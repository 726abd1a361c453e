import { Token } from "cdktf";
import { hostPattern, inAllClouds } from "../../azure/clouds/hosts";
import { addressPattern } from "../../core/address-pattern";
import { fail } from "../../core/fail";
import { TENANT } from "../../core/ids";
import { POLICY_NAMES } from "../names";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { rejection, requiredClaims, tokenVariable, TokenValidationProps } from "./token-validation";
import { literals, optionalAttribute, optionalNumber, plainName, someEntries } from "./writing/arguments";
import { replaceTokens } from "./writing/literal";
import { checkedByTerraform } from "./writing/terraform-value";
import { ATTRIBUTE_ENTITIES, leaves, node } from "./writing/xml";
import { requireText } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

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
   * Issuers that are accepted, as tokens name them: `https://login.microsoftonline.com/<tenant id>/v2.0` for version 2 tokens of a
   * tenant. Required if the URL is that of all tenants of Entra ID (`common`, `organizations`, `consumers`).
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

/** The names of its properties. */
const REQUIRE_JWT_PROPS: PropertyNames<RequireJwtProps> = {
  audiences: true,
  openIdConfigUrl: true,
  clockSkewSeconds: true,
  failureMessage: true,
  headerName: true,
  issuers: true,
  requiredClaims: true,
  tokenVariableName: true,
};

export function requireJwt(props: RequireJwtProps): StatementConfig {
  const call = "PolicyStatement.requireJwt";
  const example = 'PolicyStatement.requireJwt({ openIdConfigUrl: "https://...", audiences: ["..."] })';
  requireOnly(call, call, props, { names: REQUIRE_JWT_PROPS, example: example });
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
    node("openid-config", { url: openIdConfigUrl(call, props) }),
    ...leaves("audiences", "audience", literals(call, "audiences", audiences)),
    ...leaves("issuers", "issuer", writtenIssuers(call, props.issuers)),
    ...requiredClaims(call, props.requiredClaims),
  ]);
  return inbound(PolicySlot.VALIDATION, "require-jwt", xml);
}

/** Where Entra ID signs in users and apps of every tenant, in all clouds. */
const ENTRA_HOSTS = inAllClouds(({ signIn, issuerOfVersion1 }) => [...signIn, issuerOfVersion1]);
const ENTRA = new RegExp(`^https://${hostPattern(ENTRA_HOSTS)}(?::443)?/`, "i");

function openIdConfigUrl(call: string, { openIdConfigUrl: url, issuers }: RequireJwtProps): string | undefined {
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
  const needsTenant = ENTRA.test(url) && !issuers?.length;
  if (needsTenant && /^\/(?:common|organizations|consumers)(?:\/|$)/i.test(new URL(outline).pathname))
    fail(
      call,
      "jwt-of-any-tenant",
      `The openIdConfigUrl "${url}" is for all tenants, and without issuers, tokens of every tenant would be accepted.`,
      'Write the ID of the tenant in the URL, or issuers: ["https://login.microsoftonline.com/<tenant id>/v2.0"].',
    );
  const literal = optionalAttribute(call, "openIdConfigUrl", url);
  if (!Token.isUnresolved(url)) return literal;
  return checkedByTerraform(`the openIdConfigUrl in ${call}`, url, {
    pattern: addressPattern(url, needsTenant ? ofPart(TENANT) : undefined),
    expected: needsTenant ? "the GUID of one tenant, or one of its domains" : "a host and a path of the HTTPS URL",
    entities: ATTRIBUTE_ENTITIES,
  });
}

/** What Entra ID writes for a tenant where it means many: a token has the ID of one tenant there. */
const NO_TENANT = /^\/(?:common|organizations|consumers|\{tenantid\})(?:\/|$)/i;

function writtenIssuers(call: string, issuers: string[] | undefined): string[] {
  const written = literals(call, "issuers", issuers);
  const issuer = issuers?.find((each) => NO_TENANT.test(each.replace(ENTRA, "/")));
  if (issuer !== undefined)
    fail(
      call,
      "issuer-of-any-tenant",
      `The issuer "${issuer}" is in no token, because Entra ID writes the ID of the tenant into each token.`,
      'List the issuer of each tenant: issuers: ["https://login.microsoftonline.com/<tenant id>/v2.0"].',
    );
  return written;
}

/** A pattern for a part of a text. */
function ofPart({ source }: RegExp): string {
  return source.replace(/^\^|\$$/g, "");
}
