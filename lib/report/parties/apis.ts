import { grouped } from "../../core/grouped";
import { apiProperty, isApi } from "../../rules/model/api";
import type { Model } from "../../rules/model/model";
import type { PolicyText } from "../../rules/model/policy-text";
import type { Resource } from "../../rules/model/resource";
import { shown } from "../shown";
import type { Party } from "../trust-report";
import { Gateway, Gateways } from "./gateways";
import { ELSEWHERE, partyOf } from "./of-resource";
import type { Parties } from "./parties";

/** An API of a gateway. It has no resource if only its policy is declared. */
export interface Api {
  readonly name: string;
  readonly party: Party;
  readonly gateway: Gateway;
  readonly resource?: Resource;
  /** Without slashes at its ends. */
  readonly path?: string;
  /** Its policies and those of its operations. */
  readonly policies: readonly PolicyText[];
}

/** The APIs that a configuration declares, or has a policy for. */
export function apisIn(model: Model, gateways: Gateways, parties: Parties): Api[] {
  const keys = keysIn(model, gateways);
  const owned = model.policies
    .filter(({ scope }) => scope === "api" || scope === "operation")
    .map((policy) => ({ policy, gateway: gateways.of(policy.resource), name: policy.api.name || "an API" }));
  const owners = grouped(owned, ({ policy, gateway, name }) => {
    const api = onlyApi(model, policy);
    return [(api && keys.get(api)) ?? keyOf(gateway, name)];
  });
  const policiesOf = (key: string): PolicyText[] => (owners.get(key) ?? []).map(({ policy }) => policy);
  const declared = new Map<string, Api>();
  for (const [resource, key] of keys)
    if (!declared.has(key))
      declared.set(key, declaredApi(resource, nameIn(resource), gateways.of(resource), policiesOf(key), parties));
  const others = [...owners].filter(([key]) => !declared.has(key));
  return [
    ...declared.values(),
    ...others.map(([key, [{ name, gateway, policy }]]) =>
      namedApi(policy.resource, name, gateway, policiesOf(key), parties),
    ),
  ];
}

/** A key for each API. What reads one that is created has the key of that. */
function keysIn(model: Model, gateways: Gateways): Map<Resource, string> {
  const keys = new Map<Resource, string>();
  const taken = new Set<string>();
  for (const api of model.resources.filter(isApi)) {
    const gateway = gateways.of(api);
    const name = nameIn(api);
    const first = keyOf(gateway, name);
    const isTaken = taken.has(first) && api.mode !== "data";
    // Another revision of the same API can be called, too.
    const key = isTaken ? keyOf(gateway, `${name};rev=${apiProperty(api, "revision").resolved || api.address}`) : first;
    taken.add(key);
    keys.set(api, key);
  }
  return keys;
}

/** The API of a policy, unless Terraform chooses one of several. */
function onlyApi(model: Model, policy: PolicyText): Resource | undefined {
  const possible = model.apis.ofPolicy(policy);
  const created = possible.filter(({ mode }) => mode === "resource");
  const [only, ...others] = created.length > 0 ? created : possible;
  return others.length > 0 ? undefined : only;
}

function nameIn(api: Resource): string {
  return api.at("name").text ?? api.at("name").template;
}

export function keyOf({ party }: Gateway, api: string): string {
  return JSON.stringify([party.id, api]);
}

function declaredApi(
  resource: Resource,
  name: string,
  gateway: Gateway,
  policies: readonly PolicyText[],
  parties: Parties,
): Api {
  const path = apiProperty(resource, "path").text?.replace(/^\/|\/$/g, "");
  const isMcp = apiProperty(resource, "type").text === "mcp";
  const detail = [...(isMcp ? ["MCP server"] : []), ...(path === undefined ? [] : [`path /${path}`])];
  const party = parties.add(partyOf(resource, "api", detail, gateway.party.id));
  return { name, party, gateway, resource, path, policies };
}

/** An API that has only a policy in the configuration. */
function namedApi(
  { stack }: Resource,
  written: string,
  gateway: Gateway,
  policies: readonly PolicyText[],
  parties: Parties,
): Api {
  const name = shown(stack.valueOf(written));
  const id = `${stack.name}/api ${gateway.party.name} ${name}`;
  const party: Party = {
    id,
    kind: "api",
    name,
    place: "",
    stack: stack.name,
    partOf: gateway.party.id,
    detail: [ELSEWHERE],
  };
  return { name: written, party: parties.add(party), gateway, policies };
}
