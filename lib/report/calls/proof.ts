import {
  deletes,
  headerName,
  setsAuthorization,
  signsInWithIdentity,
  validatesToken,
} from "../../policy/findings/effects";
import { Located } from "../../policy/findings/located";
import { attributeOf, SourceElement } from "../../policy/syntax/source-tree";
import { TOKEN_VARIABLE_ATTRIBUTE } from "../../policy/names";
import { headerFrom, isIdentity, textOf } from "../../rules/identity";
import type { PolicyText } from "../../rules/model/policy-text";
import { azapiProperty } from "../../rules/model/azapi";
import type { Resource } from "../../rules/model/resource";
import type { Value } from "../../rules/model/value";
import { Gateway } from "../parties/gateways";
import { principalOf } from "../parties/principals";
import type { CallProof } from "../trust-report";
import type { Running } from "./inbound";

/** What a gateway shows to a backend. */
export interface Proof {
  readonly how: CallProof;
  readonly identity?: string;
  /** What has the identity. */
  readonly holder?: Resource;
  readonly audience?: Value;
}

const KEY_HEADERS = /^(?:x-functions-key|api-key|x-api-key|ocp-apim-subscription-key)$/;

/** How the gateway signs in to a backend: by the policies that run for the call, and by the credentials of the backend entity. */
export function proofOf(
  gateway: Gateway,
  running: readonly Running[],
  chosen: Located | undefined,
  entity: Resource | undefined,
  hasUnknown: boolean,
): Proof {
  const identity = identityFor(running, chosen);
  if (identity) return byIdentity(gateway, identity);
  const ofEntity = entity && credentialsOf(entity);
  if (ofEntity) return { how: ofEntity };
  const others = running.filter(({ located }) => isBesideOrAround(located, chosen));
  if (others.some(({ located }) => located.element.name === "authentication-certificate"))
    return { how: "client certificate" };
  if (others.some(({ located }) => sendsKey(located))) return { how: "key" };
  if (hasUnknown) return { how: "not known" };
  const validates = running.some(({ located }) => validatesToken(located));
  const removes = running.some(({ located, only }) => only === undefined && headerName(located) === "authorization");
  return { how: validates && !removes ? "token of the caller" : "nothing" };
}

/** The identity that signs in for a backend: in the same branch, or for all of them. */
function identityFor(running: readonly Running[], chosen: Located | undefined): Running | undefined {
  const all = running.filter(
    ({ policy, located }) => isIdentity(located) && (signsInWithIdentity(located) || headerFrom(policy, located)),
  );
  const beside = all.filter(({ located }) => chosen !== undefined && located.element.parent === chosen.element.parent);
  const last = (list: readonly Running[]): Running | undefined => list[list.length - 1];
  return last(beside) ?? last(all.filter(({ located }) => !located.nested)) ?? last(all);
}

function isBesideOrAround({ element, nested }: Located, chosen: Located | undefined): boolean {
  return !nested || chosen === undefined || element.parent === chosen.element.parent;
}

/** What a request that a policy sends itself shows. */
export function proofOfRequest(gateway: Gateway, policy: PolicyText, request: SourceElement): Proof {
  const within = policy.located.filter(({ element }) => isWithin(element, request));
  const direct = within.find((located) => isIdentity(located));
  const variable = policy.located.find((located) => {
    const name = attributeOf(located.element, TOKEN_VARIABLE_ATTRIBUTE);
    const headers = within.filter((each) => headerName(each) === "authorization");
    return isIdentity(located) && name !== undefined && headers.some((each) => textOf(policy, each).includes(name));
  });
  const identity = direct ?? variable;
  if (identity) return byIdentity(gateway, { policy, located: identity });
  if (within.some(({ element }) => element.name === "authentication-certificate")) return { how: "client certificate" };
  return { how: within.some((located) => sendsKey(located)) ? "key" : "nothing" };
}

function isWithin(element: SourceElement, outer: SourceElement): boolean {
  for (let each = element.parent; each; each = each.parent) if (each === outer) return true;
  return false;
}

function byIdentity(gateway: Gateway, { policy, located: { element } }: Pick<Running, "policy" | "located">): Proof {
  const audience = policy.valueOf(attributeOf(element, "resource") ?? "");
  const clientId = attributeOf(element, "client-id");
  if (clientId === undefined) {
    const identity = `the system-assigned identity of ${gateway.party.name}`;
    return { how: "managed identity", identity, holder: gateway.resource, audience };
  }
  const { label, holder } = principalOf(
    policy.resource.stack,
    policy.valueOf(clientId),
    "the identity with the client ID",
  );
  return { how: "managed identity", identity: label, holder, audience };
}

/** What the backend entity adds to each request. */
function credentialsOf(entity: Resource): CallProof | undefined {
  const at = (name: string): Value =>
    entity.type === "azurerm_api_management_backend"
      ? entity.at(`credentials.${name}`)
      : azapiProperty(entity, `properties.credentials.${name}`);
  if (["certificate", "certificateIds"].some((name) => at(name).isEmpty !== true)) return "client certificate";
  return ["header", "query", "authorization"].some((name) => at(name).isEmpty !== true) ? "key" : undefined;
}

function sendsKey(located: Located): boolean {
  const { element } = located;
  if (element.name === "set-query-parameter")
    return /^code$/i.test(attributeOf(element, "name") ?? "") && !deletes(located);
  return setsAuthorization(located) || (KEY_HEADERS.test(headerName(located) ?? "") && !deletes(located));
}
