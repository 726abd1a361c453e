import { AzureCloud } from "../../azure/clouds/azure-cloud";
import { fail } from "../../core/fail";
import { TENANT } from "../../core/ids";
import { AUTHENTICATION_ENDPOINT } from "../names";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { rejection, requiredClaims, tokenVariable, TokenValidationProps } from "./token-validation";
import { guids, literals } from "./writing/arguments";
import { isOneToken, replaceTokens } from "./writing/literal";
import { A_TENANT, checkedIfUnknown } from "./writing/terraform-value";
import { leaves, node } from "./writing/xml";
import { requireGiven, requireText } from "../../core/given";
import { PropertyNames, requireOnly } from "../../core/property-names";

/** Which Entra tokens are accepted from consumers. Requires `audiences`, `clientIds` or both. */
export interface RequireEntraTokenProps extends TokenValidationProps {
  /** The tenant that issues the tokens: its GUID, or one of its domains. For tokens of several tenants, use `requireJwt` with `issuers`. */
  readonly tenantId: string;

  /**
   * Audiences that a token can be for: the client id of your API's app registration, or its application id URI. Without
   * audiences, a token that a consumer got for another API is accepted too.
   *
   * @default - a token for any audience is accepted
   */
  readonly audiences?: string[];

  /**
   * Client ids (GUIDs) of the apps that may call. According to reports from 2024, API Management rejects the policy without
   * them; its reference is not consistent about it.
   *
   * @default - any app
   */
  readonly clientIds?: string[];

  /**
   * The cloud whose Entra ID issues the tokens: `AzureCloud.of(this)` for that of the stack. In a stack for another cloud than the public
   * one, a validation without it is an error.
   *
   * @default - API Management chooses: the public cloud in a service of the public cloud
   * @see https://learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy
   */
  readonly cloud?: AzureCloud;
}

/** The names of its properties. */
const REQUIRE_ENTRA_TOKEN_PROPS: PropertyNames<RequireEntraTokenProps> = {
  tenantId: true,
  audiences: true,
  clientIds: true,
  cloud: true,
  failureMessage: true,
  requiredClaims: true,
  tokenVariableName: true,
};

/** The words that Entra ID takes for a tenant, and that stand for many. */
const ANY_TENANT = /^(?:common|organizations|consumers)$/i;

export function requireEntraToken(props: RequireEntraTokenProps): StatementConfig {
  const call = "PolicyStatement.requireEntraToken";
  const example = 'PolicyStatement.requireEntraToken({ tenantId: "...", audiences: ["..."] })';
  requireOnly(call, call, props, { names: REQUIRE_ENTRA_TOKEN_PROPS, example: example });
  const tenantId = requireText(call, "tenantId", props.tenantId, "the GUID of the tenant");
  if (ANY_TENANT.test(tenantId))
    fail(
      call,
      "entra-token-of-any-tenant",
      `The tenantId "${tenantId}" stands for many tenants, so tokens of tenants that you do not know would be accepted.`,
      `For tokens of several tenants, list them as issuers: PolicyStatement.requireJwt({ openIdConfigUrl: ` +
        `"https://login.microsoftonline.com/${tenantId.toLowerCase()}/v2.0/.well-known/openid-configuration", audiences: ["..."], ` +
        `issuers: ["https://login.microsoftonline.com/<tenant id>/v2.0"] }).`,
    );
  if (!isOneToken(tenantId) && !TENANT.test(replaceTokens(tenantId, "a")))
    fail(
      call,
      "not-one-tenant",
      `The tenantId "${tenantId}" does not identify one tenant.`,
      'Write the GUID of the tenant, or one of its domains, such as "contoso.onmicrosoft.com".',
    );
  const clientIds = guids(call, "clientIds", props.clientIds);
  const audiences = literals(call, "audiences", props.audiences);
  if (clientIds.length === 0 && audiences.length === 0)
    fail(
      call,
      "no-audience-and-no-client",
      "Neither audiences nor clientIds is set, so any token of the tenant would be accepted.",
      "Write audiences: [...] with the ids of your API, or clientIds: [...] with the ids of the apps that may call it.",
    );

  const attributes = {
    "tenant-id": checkedIfUnknown(`tenantId in ${call}`, tenantId, A_TENANT),
    "header-name": "Authorization",
    [AUTHENTICATION_ENDPOINT]: signInHost(call, props.cloud),
    ...rejection(call, props),
    ...tokenVariable(call, props),
  };
  const xml = node("validate-azure-ad-token", attributes, [
    ...leaves("client-application-ids", "application-id", clientIds),
    ...leaves("audiences", "audience", audiences),
    ...requiredClaims(call, props.requiredClaims),
  ]);
  return inbound(PolicySlot.VALIDATION, "require-entra-token", xml);
}

function signInHost(call: string, cloud: AzureCloud | undefined): string | undefined {
  if (cloud === undefined) return undefined;
  const example = "cloud: AzureCloud.of(this)";
  return `https://${requireGiven(call, cloud, { name: "cloud", texts: ["signInHost"], example }).signInHost}`;
}
