import { grouped } from "../../core/grouped";
import { ApiName, apiOf, apiProperty, isApi, revisionOf } from "../../rules/model/api";
import { isUpdate } from "../../rules/model/azapi";
import { folded, isOfInstance } from "../../rules/model/known-to-terraform";
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
  /** Policies of operations that do not inherit its policies, if they are of it: at most one more than are looked at. */
  readonly perhapsApart?: readonly PolicyText[];
  /** Whether nothing above its policies runs. */
  readonly isAlone?: boolean;
}

/** An API as a policy names it. */
interface Named {
  readonly policy: PolicyText;
  readonly gateway: Gateway;
  readonly resource?: Resource;
  readonly name: string;
  /** Tells it from others on the gateway. */
  readonly id: string;
}

/** The APIs that a configuration declares, or has a policy for. */
export function apisIn(model: Model, gateways: Gateways, parties: Parties): Api[] {
  const keys = keysIn(model, gateways);
  const owned = model.policies
    .filter(({ scope }) => scope === "api" || scope === "operation")
    .map((policy) => ({ policy, gateway: gateways.of(policy.resource), ...namedBy(model, policy) }));
  const owners = grouped(owned, ({ gateway, resource, id }) => [
    (resource && keys.get(resource)) ?? keyOf(gateway, folded(id)),
  ]);
  const policiesOf = (key: string): PolicyText[] => (owners.get(key) ?? []).map(({ policy }) => policy);
  const declared = new Map<string, Api>();
  for (const [resource, key] of keys)
    if (!declared.has(key))
      declared.set(key, declaredApi(resource, nameIn(resource), gateways.of(resource), policiesOf(key), parties));
  const others = [...owners].filter(([key]) => !declared.has(key));
  return [...declared.values(), ...others.map(([key, [owner]]) => namedApi(owner, policiesOf(key), parties))];
}

/** A key for each API. What reads or changes one that is created has the key of that. */
function keysIn(model: Model, gateways: Gateways): Map<Resource, string> {
  const keys = new Map<Resource, string>();
  const taken = new Set<string>();
  const apis = model.resources.filter(isApi);
  for (const api of [...apis.filter(isCreated), ...apis.filter((each) => !isCreated(each))]) {
    const gateway = gateways.of(api);
    const name = `${workspaceIn(apiOf(api).names[0])}${nameIn(api)}`;
    const first = keyOf(gateway, folded(name));
    // Another revision of the same API can be called, too.
    const next = keyOf(gateway, folded(`${name};rev=${revisionOf(api) ?? api.address}`));
    const key = taken.has(first) && isCreated(api) ? next : first;
    taken.add(key);
    keys.set(api, key);
  }
  return keys;
}

function isCreated(api: Resource): boolean {
  return api.mode === "resource" && !isUpdate(api);
}

/** The API of a policy, its name and a text that tells it from others. */
function namedBy(model: Model, policy: PolicyText): Pick<Named, "resource" | "name" | "id"> {
  const [only, ...others] = policy.api.isAny ? [] : policy.api.names;
  const isOne = only !== undefined && others.length === 0;
  const possible = isOne ? model.apis.ofPolicy(policy)[0] : [];
  const resource = isOne ? likely(only, possible) : undefined;
  if (!isOne || (!resource && (possible.length > 0 || isOfInstance(only.name))))
    return { name: "an API", id: `an API of ${policy.resource.address}` };
  if (only.name === "") return { resource, name: "an API", id: `an API ${only.service}` };
  return { resource, name: only.name, id: `${workspaceIn(only)}${only.name}` };
}

/** Of what a name can mean: what it refers to. Of the revisions of one, the first, which is mostly the current one. */
function likely({ resource }: ApiName, possible: readonly Resource[]): Resource | undefined {
  const created = possible.filter(isCreated);
  if (resource && isCreated(resource)) return resource;
  const first = created.filter((api) => ["1", undefined].includes(revisionOf(api)));
  const [one, ...others] = [created, first, possible].find(({ length }) => length === 1) ?? first;
  const name = (api: Resource): string | undefined => apiOf(api).names[0]?.name;
  return others.every((other) => name(other) === name(one)) ? one : undefined;
}

function workspaceIn(api: ApiName | undefined): string {
  const [, workspace] = /\/workspaces\/([^/]+)$/i.exec(api?.service ?? "") ?? [];
  return workspace === undefined ? "" : `${workspace}/`;
}

function nameIn(api: Resource): string {
  const name = api.at("name");
  return name.isAbsent ? (apiOf(api).names[0]?.name ?? "") : (name.text ?? name.template);
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
function namedApi(owner: Named, policies: readonly PolicyText[], parties: Parties): Api {
  const { stack } = owner.policy.resource;
  const { gateway } = owner;
  const text = (written: string): string => shown(stack.valueOf(written));
  const party: Party = {
    id: `${stack.name}/api ${gateway.party.name} ${text(owner.id)}`,
    kind: "api",
    name: text(owner.name),
    place: "",
    stack: stack.name,
    partOf: gateway.party.id,
    detail: [ELSEWHERE],
  };
  return { name: owner.name, party: parties.add(party), gateway, policies };
}
