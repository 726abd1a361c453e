import { guids, literals, optionalAttribute, plainName } from "./writing/arguments";
import { TOKEN_VARIABLE } from "../gateway/caller-headers";
import { isOneToken, replaceTokens } from "./writing/literal";
import { leaves, node } from "./writing/xml";
import { POLICY_NAMES } from "./writing/policy-names";
import { inbound } from "./writing/statement";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { requiredClaims, RequiredClaim } from "./required-claim";
import { fail } from "../../core/fail";

const TENANT = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[a-z0-9-]+(\.[a-z0-9-]+)+)$/i;

/** Which Entra tokens are accepted from consumers. At least one of `audiences` and `clientIds` is needed. */
export interface RequireEntraTokenProps {
  /** The tenant that issues the tokens: its GUID, or a domain of it. */
  readonly tenantId: string;

  /**
   * For whom tokens are accepted: the client id of the registration that stands for your API, or its application id URI.
   * Without them, a token that a consumer got for another API is accepted as well.
   *
   * @default - a token for anybody is accepted
   */
  readonly audiences?: string[];

  /**
   * Client ids (GUIDs) of the apps that may call. Reports of 2024 say that API Management refuses the policy without them;
   * its reference does not agree with itself on it.
   *
   * @default - any app
   */
  readonly clientIds?: string[];

  /**
   * Claims that a token must have besides.
   *
   * @default - none
   */
  readonly requiredClaims?: RequiredClaim[];

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

/** See `PolicyStatement.requireEntraToken`. */
export function requireEntraToken(props: RequireEntraTokenProps): IPolicyStatement {
  const call = "PolicyStatement.requireEntraToken";
  const { tenantId } = props;
  if (!isOneToken(tenantId) && !TENANT.test(replaceTokens(tenantId, "a")))
    fail(
      call,
      "not-atenant",
      `tenantId is "${tenantId}", which does not name one tenant. ` +
        `Write its GUID, or a domain of it such as "contoso.onmicrosoft.com".`,
    );
  const clientIds = guids(call, "clientIds", props.clientIds);
  const audiences = literals(call, "audiences", props.audiences);
  if (clientIds.length === 0 && audiences.length === 0)
    fail(
      call,
      "token-for-anybody",
      "neither audiences nor clientIds is given, so that any token of the tenant would do. " +
        "Write audiences: [...] with the ids of your API, or clientIds: [...] with those of the apps that may call it.",
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
