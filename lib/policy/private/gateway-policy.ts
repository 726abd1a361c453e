import { SubscriptionKeyNames } from "../../api/api-surface";
import { element } from "./xml";

/** Names that the backend may trust, once a policy sets them from a validated token. */
const CALLER_HEADERS = ["X-Caller-Object-Id", "X-Caller-Tenant-Id", "X-Caller-Client-Id", "X-Caller-Subject"];

/** What the gateway's policy says. */
export interface GatewayPolicy {
  /** Name of the backend entity. */
  readonly backendId: string;
  /** For whom the token is. */
  readonly tokenResource: string;
  /** Client id of a user-assigned identity; the system-assigned one has none. */
  readonly identityClientId?: string;
  /** What is kept from the backend. */
  readonly subscriptionKeyNames: SubscriptionKeyNames;
}

/**
 * The policy of an API whose backend is called with the gateway's identity. It is written the way API Management writes it
 * back (self-closed, double-quoted, this indentation), so that a second plan finds nothing to change.
 *
 * @see https://learn.microsoft.com/azure/api-management/authentication-managed-identity-policy
 */
export function gatewayPolicy(policy: GatewayPolicy): string {
  const { header, query } = policy.subscriptionKeyNames;
  const inbound = [
    "<base />",
    ...CALLER_HEADERS.map((name) => dropHeader(`secure-apim-backend-${name.toLowerCase()}`, name)),
    dropHeader("secure-apim-backend-subscription-key-header", header),
    element("set-query-parameter", {
      id: "secure-apim-backend-subscription-key-query",
      name: query,
      "exists-action": "delete",
    }),
    element("set-backend-service", { id: "secure-apim-backend-route", "backend-id": policy.backendId }),
    // Last, so that token validation, inherited through <base />, reads the consumer's Authorization header and not ours.
    element("authentication-managed-identity", {
      id: "secure-apim-backend-token",
      resource: policy.tokenResource,
      "client-id": policy.identityClientId,
    }),
  ];
  const sections = [
    section("inbound", inbound),
    ...["backend", "outbound", "on-error"].map((name) => section(name, ["<base />"])),
  ];
  return ["<policies>", ...sections, "</policies>"].join("\n");
}

function dropHeader(id: string, name: string): string {
  return element("set-header", { id, name, "exists-action": "delete" });
}

function section(name: string, statements: string[]): string {
  return [`  <${name}>`, ...statements.map((statement) => `    ${statement}`), `  </${name}>`].join("\n");
}
