import { SubscriptionKeyNames } from "../subscription-key-names";
import { BranchCondition } from "../branch-condition";
import { IPolicyStatement, PolicySlot } from "../policy-statement";
import { CALLER_HEADERS } from "./caller-headers";
import { node, element } from "../statements/writing/xml";
import { inbound } from "../statements/writing/statement";
import { PolicyDocument } from "../policy-document";

/** How one backend is called. */
export interface GatewayRoute {
  /** Name of the backend entity; none where the API's own address is called. */
  readonly backendId?: string;
  /** For whom the token is. */
  readonly tokenResource: string;
  /** Client id of a user-assigned identity; the system-assigned one has none. */
  readonly identityClientId?: string;
  /** What this backend alone needs of a request besides the token, as XML; of a single backend it stands in the document. */
  readonly statements?: readonly string[];
}

/** A backend that is called when a condition holds. */
export interface ConditionalRoute extends GatewayRoute {
  readonly when: BranchCondition;
}

/** What the gateway's policy says. */
export interface GatewayPolicy extends GatewayRoute {
  /** Other backends, in the order in which their conditions are tried. */
  readonly branches?: readonly ConditionalRoute[];
  /** What is kept from the backend. */
  readonly subscriptionKeyNames: SubscriptionKeyNames;
}

/**
 * The statements of an API whose backend is called with the gateway's identity. They are in no public factory, so that they
 * can be neither forgotten nor misplaced.
 *
 * @see https://learn.microsoft.com/azure/api-management/authentication-managed-identity-policy
 */
export function gatewayStatements(policy: GatewayPolicy): IPolicyStatement[] {
  const { header, query } = policy.subscriptionKeyNames;
  return [
    inbound(PolicySlot.CLEANUP, "subscription-key-header", dropHeader(header)),
    inbound(
      PolicySlot.CLEANUP,
      "subscription-key-query",
      element("set-query-parameter", { name: query, "exists-action": "delete" }),
    ),
    ...(policy.branches?.length ? [branches(policy, policy.branches)] : directRoute(policy)),
  ];
}

/**
 * Takes off what only a validated token may say of the caller. It stands before everything that sets these headers, and in
 * every policy: another API of the same backend could forge them otherwise.
 */
export function callerHeaderRemoval(): IPolicyStatement[] {
  return CALLER_HEADERS.map(([name]) => inbound(PolicySlot.CALLER_IDENTITY, name.toLowerCase(), dropHeader(name)));
}

function directRoute(route: GatewayRoute): IPolicyStatement[] {
  const [token, ...routing] = routeElements(route).reverse();
  return [
    ...routing.map((xml) => inbound(PolicySlot.ROUTING, "route", xml)),
    // Last, so that token validation, inherited through <base />, reads the consumer's Authorization header and not ours.
    inbound(PolicySlot.TOKEN, "token", token),
  ];
}

function branches(otherwise: GatewayRoute, conditional: readonly ConditionalRoute[]): IPolicyStatement {
  const whens = conditional.map((route) => node("when", { condition: route.when._attribute }, branchElements(route)));
  const choose = node("choose", {}, [...whens, node("otherwise", {}, branchElements(otherwise))]);
  return inbound(PolicySlot.TOKEN, "branches", choose);
}

function branchElements(route: GatewayRoute): string[] {
  return [...(route.statements ?? []), ...routeElements(route)];
}

function routeElements({ backendId, tokenResource, identityClientId }: GatewayRoute): string[] {
  const routing = backendId === undefined ? [] : [element("set-backend-service", { "backend-id": backendId })];
  return [
    ...routing,
    element("authentication-managed-identity", { resource: tokenResource, "client-id": identityClientId }),
  ];
}

function dropHeader(name: string): string {
  return element("set-header", { name, "exists-action": "delete" });
}

/** The user's document with all that calling the backend as the gateway takes. */
export function withGateway(user: PolicyDocument, policy: GatewayPolicy): PolicyDocument {
  return PolicyDocument.of(...callerHeaderRemoval())
    .merge(user)
    .merge(PolicyDocument.of(...gatewayStatements(policy)));
}
