import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../core/fail";
import { addToGroups } from "../core/grouped";
import { stateOf } from "../core/state";

/** How far a role of the gateway's identity reaches. What is not known yet is omitted. */
export interface RoleReach {
  /** Who has the role. */
  readonly principal: string;
  readonly role: string;
  /** What it is assigned on. */
  readonly on?: string;
  /** The whole resource that contains it. */
  readonly resource?: string;
  /** Where the API sends its requests. */
  readonly url?: string;
}

/** The role of an API. */
interface Role {
  readonly scope: Construct;
  readonly reach: RoleReach;
}

/** The roles in an app, by where they are assigned, and by all that contains it. */
interface Roles {
  readonly on: Map<string, Role[]>;
  readonly within: Map<string, Role[]>;
}

/** Warns if a role on a part has no effect, because the same identity has a role on more for another API. */
export function warnOfWiderRole(scope: Construct, reach: RoleReach): void {
  const { on } = reach;
  if (on === undefined) return;
  const roles = stateOf(scope.node.root, "roles-by-place", (): Roles => ({ on: new Map(), within: new Map() }));
  const added = { scope, reach };
  const places = placesIn(reach, [on]);
  const containers = placesIn(reach, containersOf(on, reach.resource));
  for (const wider of rolesAt(roles.on, containers)) warn(added, wider);
  for (const part of rolesAt(roles.within, places)) warn(part, added);
  addToGroups(roles.on, places, added);
  addToGroups(roles.within, containers, added);
}

/** All that contains a part: its ID begins with the ID of the whole. */
function containersOf(on: string, resource = on): string[] {
  const segments = [on, resource].map((id) => id.split("/"));
  const all = segments.flatMap((each) => each.map((_, index) => each.slice(0, index + 1).join("/")));
  return all.filter((id) => id !== on);
}

/** Where another role certainly counts for the API: it is the same role, or for the same address. */
function placesIn({ principal, role, url }: RoleReach, ids: readonly string[]): string[] {
  return ids.flatMap((id) => [
    JSON.stringify([principal, id, "role", role.toLowerCase()]),
    ...(url === undefined ? [] : [JSON.stringify([principal, id, "url", url])]),
  ]);
}

function rolesAt(roles: ReadonlyMap<string, readonly Role[]>, places: readonly string[]): ReadonlySet<Role> {
  return new Set(places.flatMap((place) => roles.get(place) ?? []));
}

function warn(part: Role, wider: Role): void {
  const [narrowApi, wideApi] = [part, wider].map((each) => each.scope.node.path);
  const [narrowRole, wideRole] = [part, wider].map((each) => each.reach.role);
  Annotations.of(part.scope).addWarning(
    finding(
      "role-limits-nothing",
      `For "${narrowApi}", the gateway's identity has the role "${narrowRole}" on only a part of the resource. For "${wideApi}", ` +
        `the same identity has the role "${wideRole}" on more than that part. The roles of an identity add up, so consumers ` +
        `of either API can use the second role there.`,
      `Set a narrower roleScope (scope of Backend.azureResource) at "${wideApi}", or use another gateway, with a separate identity, ` +
        `at "${narrowApi}".`,
    ),
  );
}
