import {
  SERVICE_KEY_NAMES,
  SubscriptionKeyNames,
  CALLER_HEADERS,
  TOKEN_VARIABLE_ATTRIBUTE,
  WITHOUT_TOKEN,
} from "../names";
import { BranchCondition } from "../branch-condition";
import { inbound, PolicySlot, StatementConfig } from "../statement";
import { escapeAttribute, node } from "../statements/writing/xml";
import { PolicyDocument } from "../policy-document";
import { setsAuthorization, signsInWithIdentity } from "../findings/effects";
import { isInbound, locatedInDocument, locatedInStatement } from "../findings/located";

/** How one backend is called. */
export interface GatewayRoute {
  /** Name of the backend entity; none if the API's own address is called. */
  readonly backendId?: string;
  /** The same, if `backendId` is a reference. */
  readonly backendName?: string;
  /** The audience of the token. */
  readonly tokenResource: string;
  /** Whether the backend is called without a token. The consumer's Authorization is not for the backend then either. */
  readonly withoutToken?: boolean;
  /** Client id of a user-assigned identity; none for the system-assigned one. */
  readonly identityClientId?: string;
  /** Other statements for this branch, as XML. Those of a single backend are in the document. */
  readonly statements?: readonly string[];
}

/** A backend that is called if a condition is true. */
export interface ConditionalRoute extends GatewayRoute {
  readonly when: BranchCondition;
}

/** The backends that the gateway calls. */
export interface GatewayPolicy extends GatewayRoute {
  /** Other backends, in the order of their conditions. */
  readonly branches?: readonly ConditionalRoute[];
  /** Names of the subscription key, which is hidden from the backend. */
  readonly subscriptionKeyNames: SubscriptionKeyNames;
}

/**
 * Removes the headers that may come only from a validated token. Runs in every policy and before everything that sets these
 * headers, because otherwise another API of the same backend could forge them.
 *
 * @see docs/design/decisions.md#caller-headers-removed-first
 */
const CALLER_HEADER_REMOVAL = CALLER_HEADERS.map(([name]) =>
  inbound(PolicySlot.CALLER_IDENTITY, name.toLowerCase(), dropHeader(name)),
);

/** Constant, so that it is parsed once for all APIs. */
const SERVICE_KEY_REMOVAL = keyRemoval(SERVICE_KEY_NAMES);

/** The user's document with everything that calling the backend as the gateway needs. */
export function withGateway(user: PolicyDocument, policy: GatewayPolicy): PolicyDocument {
  const document = PolicyDocument._of(...CALLER_HEADER_REMOVAL).merge(user);
  const statements = gatewayStatements(policy);
  const merged = document.merge(PolicyDocument._of(...statements));
  const others = statements.filter(({ kind }) => kind !== WITHOUT_TOKEN);
  return others.length < statements.length && signsIn(merged) ? document.merge(PolicyDocument._of(...others)) : merged;
}

/** Whether the document itself says who calls the backend. What the gateway inserted before is no longer in it. */
function signsIn(merged: PolicyDocument): boolean {
  const { target, inserted } = merged._analyze();
  return [...locatedInDocument(target), ...inserted.flatMap(locatedInStatement)].some(
    (located) => isInbound(located) && (setsAuthorization(located) || signsInWithIdentity(located)),
  );
}

/**
 * The statements of an API whose backend is called with the gateway's identity. They have no public factory, so that they cannot be
 * forgotten or misplaced.
 *
 * @see https://learn.microsoft.com/azure/api-management/authentication-managed-identity-policy
 */
export function gatewayStatements(policy: GatewayPolicy): StatementConfig[] {
  const { header, query } = policy.subscriptionKeyNames;
  const ofService = header === SERVICE_KEY_NAMES.header && query === SERVICE_KEY_NAMES.query;
  return [
    ...(ofService ? SERVICE_KEY_REMOVAL : keyRemoval(policy.subscriptionKeyNames)),
    ...(policy.branches?.length ? [branches(policy, policy.branches)] : directRoute(policy)),
  ];
}

function keyRemoval({ header, query }: SubscriptionKeyNames): readonly StatementConfig[] {
  return [
    inbound(PolicySlot.CLEANUP, "subscription-key-header", dropHeader(header)),
    inbound(
      PolicySlot.CLEANUP,
      "subscription-key-query",
      node("set-query-parameter", { name: escapeAttribute(query), "exists-action": "delete" }),
    ),
  ];
}

function directRoute(route: GatewayRoute): StatementConfig[] {
  return [
    ...routing(route).map((xml) => ({ ...inbound(PolicySlot.ROUTING, "route", xml), backendName: route.backendName })),
    // Last, so that an inherited token validation reads the consumer's Authorization header.
    route.withoutToken
      ? inbound(PolicySlot.CLEANUP, WITHOUT_TOKEN, dropHeader("Authorization"))
      : inbound(PolicySlot.TOKEN, "token", token(route)),
  ];
}

function branches(otherwise: GatewayRoute, conditional: readonly ConditionalRoute[]): StatementConfig {
  const content = (route: GatewayRoute): string[] => [
    ...(route.statements ?? []),
    ...routing(route),
    route.withoutToken ? dropHeader("Authorization") : token(route),
  ];
  const whens = conditional.map((route) => node("when", { condition: route.when._attribute }, content(route)));
  const choose = node("choose", {}, [...whens, node("otherwise", {}, content(otherwise))]);
  return inbound(PolicySlot.TOKEN, "branches", choose);
}

function routing({ backendId }: GatewayRoute): string[] {
  return backendId === undefined ? [] : [node("set-backend-service", { "backend-id": escapeAttribute(backendId) })];
}

/**
 * Requests the gateway's token for a resource.
 *
 * @param variable where the token is stored; by default, it is sent in the Authorization header
 */
export function token(
  { tokenResource, identityClientId }: Pick<GatewayRoute, "tokenResource" | "identityClientId">,
  variable?: string,
): string {
  return node("authentication-managed-identity", {
    resource: escapeAttribute(tokenResource),
    "client-id": identityClientId === undefined ? undefined : escapeAttribute(identityClientId),
    [TOKEN_VARIABLE_ATTRIBUTE]: variable,
  });
}

function dropHeader(name: string): string {
  return node("set-header", { name: escapeAttribute(name), "exists-action": "delete" });
}
