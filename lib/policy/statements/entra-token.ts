import { fail } from "../../core/fail";
import { TOKEN_VARIABLE, POLICY_NAMES } from "../names";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { requiredClaims, RequiredClaim } from "./required-claim";
import { guids, literals, optionalAttribute, plainName } from "./writing/arguments";
import { isOneToken, replaceTokens } from "./writing/literal";
import { leaves, node } from "./writing/xml";
import { requireProps, requireText } from "../../core/given";

const TENANT = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i;

/** Which Entra tokens are accepted from consumers. Requires `audiences`, `clientIds` or both. */
export interface RequireEntraTokenProps {
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

  /**
   * Claims that a token must also have.
   *
   * @default - none
   */
  readonly requiredClaims?: RequiredClaim[];

  /**
   * Variable that holds the validated token: a letter, followed by letters, digits, `_` and `-`.
   *
   * @default "caller-token" - the variable that `forwardCallerIdentity` reads
   */
  readonly tokenVariableName?: string;

  /**
   * Message for rejected consumers.
   *
   * @default - the message of API Management
   */
  readonly failureMessage?: string;
}

export function requireEntraToken(props: RequireEntraTokenProps): StatementConfig {
  const call = "PolicyStatement.requireEntraToken";
  requireProps(call, props, 'PolicyStatement.requireEntraToken({ tenantId: "...", audiences: ["..."] })');
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
    "tenant-id": tenantId,
    "header-name": "Authorization",
    "failed-validation-httpcode": "401",
    "failed-validation-error-message": optionalAttribute(call, "failureMessage", props.failureMessage),
    "output-token-variable-name": plainName(call, POLICY_NAMES.variable, props.tokenVariableName ?? TOKEN_VARIABLE),
  };
  const xml = node("validate-azure-ad-token", attributes, [
    ...leaves("client-application-ids", "application-id", clientIds),
    ...leaves("audiences", "audience", audiences),
    ...requiredClaims(call, props.requiredClaims),
  ]);
  return inbound(PolicySlot.VALIDATION, "require-entra-token", xml);
}
