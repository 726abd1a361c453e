import { fail } from "../../core/fail";
import { TENANT } from "../../core/ids";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { rejection, requiredClaims, tokenVariable, TokenValidationProps } from "./token-validation";
import { guids, literals } from "./writing/arguments";
import { isOneToken, replaceTokens } from "./writing/literal";
import { A_TENANT, checkedIfUnknown } from "./writing/terraform-value";
import { leaves, node } from "./writing/xml";
import { requireProps, requireText } from "../../core/given";

/** Which Entra tokens are accepted from consumers. Requires `audiences`, `clientIds` or both. */
export interface RequireEntraTokenProps extends TokenValidationProps {
  /** The tenant that issues the tokens: its GUID, or one of its domains. */
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
}

export function requireEntraToken(props: RequireEntraTokenProps): StatementConfig {
  const call = "PolicyStatement.requireEntraToken";
  const example = 'PolicyStatement.requireEntraToken({ tenantId: "...", audiences: ["..."] })';
  requireProps(call, props, example, ["audiences", "clientIds", "requiredClaims"]);
  const tenantId = requireText(call, "tenantId", props.tenantId, "the GUID of the tenant");
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
