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
  const owned = model.policies
    .filter(({ scope }) => scope === "api" || scope === "operation")
    .map((policy) => ({ policy, gateway: gateways.of(policy.resource), name: policy.api.name ?? "an API" }));
  const owners = grouped(owned, ({ gateway, name }) => [keyOf(gateway, name)]);
  const policiesOf = (key: string): PolicyText[] => (owners.get(key) ?? []).map(({ policy }) => policy);
  const declared = new Map<string, Api>();
  for (const resource of model.resources.filter(isApi)) {
    const gateway = gateways.of(resource);
    const name = resource.at("name").text ?? resource.at("name").template;
    const first = keyOf(gateway, name);
    if (declared.has(first) && resource.mode === "data") continue;
    // Another revision of the same API can be called, too.
    const key = declared.has(first)
      ? keyOf(gateway, `${name};rev=${apiProperty(resource, "revision").resolved}`)
      : first;
    declared.set(key, declaredApi(resource, name, gateway, policiesOf(key), parties));
  }
  const others = [...owners].filter(([key]) => !declared.has(key));
  return [
    ...declared.values(),
    ...others.map(([key, [{ name, gateway, policy }]]) =>
      namedApi(policy.resource, name, gateway, policiesOf(key), parties),
    ),
  ];
}

export function keyOf({ party }: Gateway, api: string): string {
  return `${party.id} ${api}`;
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
