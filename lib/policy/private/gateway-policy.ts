import { SubscriptionKeyNames } from "../../api/api-surface";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { CALLER_HEADERS } from "./caller-headers";
import { inbound } from "./statement";
import { element } from "./xml";

/** What the gateway's policy says. */
export interface GatewayPolicy {
  /** Name of the backend entity; none where the API's own address is called. */
  readonly backendId?: string;
  /** For whom the token is. */
  readonly tokenResource: string;
  /** Client id of a user-assigned identity; the system-assigned one has none. */
  readonly identityClientId?: string;
  /** What is kept from the backend. */
  readonly subscriptionKeyNames: SubscriptionKeyNames;
  /** Whether another statement sets all the headers that tell the backend of the caller. */
  readonly forwardsCallerIdentity?: boolean;
}

/**
 * The statements of an API whose backend is called with the gateway's identity. They are in no public factory, so that they
 * can be neither forgotten nor misplaced.
 *
 * @see https://learn.microsoft.com/azure/api-management/authentication-managed-identity-policy
 */
export function gatewayStatements(policy: GatewayPolicy): IPolicyStatement[] {
  const { header, query } = policy.subscriptionKeyNames;
  const callerHeaders = policy.forwardsCallerIdentity ? [] : CALLER_HEADERS;
  return [
    ...callerHeaders.map(([name]) => cleanup(name.toLowerCase(), dropHeader(name))),
    cleanup("subscription-key-header", dropHeader(header)),
    cleanup("subscription-key-query", element("set-query-parameter", { name: query, "exists-action": "delete" })),
    ...(policy.backendId === undefined ? [] : [route(policy.backendId)]),
    // Last, so that token validation, inherited through <base />, reads the consumer's Authorization header and not ours.
    inbound(
      PolicySlot.TOKEN,
      "token",
      element("authentication-managed-identity", {
        resource: policy.tokenResource,
        "client-id": policy.identityClientId,
      }),
    ),
  ];
}

function cleanup(kind: string, xml: string): IPolicyStatement {
  return inbound(PolicySlot.CLEANUP, kind, xml);
}

function route(backendId: string): IPolicyStatement {
  return inbound(PolicySlot.ROUTING, "route", element("set-backend-service", { "backend-id": backendId }));
}

function dropHeader(name: string): string {
  return element("set-header", { name, "exists-action": "delete" });
}
