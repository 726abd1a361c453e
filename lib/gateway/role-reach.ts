import { Annotations } from "cdktf";
import { Construct } from "constructs";
import { finding } from "../core/fail";
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

/** Warns if a role on a part has no effect, because the same identity has a role on more for another API. */
export function warnOfWiderRole(scope: Construct, reach: RoleReach): void {
  const known = stateOf(
    scope.node.root,
    "role-reaches",
    (): { readonly scope: Construct; readonly reach: RoleReach }[] => [],
  );
  const added = { scope, reach };
  for (const other of known) {
    for (const [part, wider] of [
      [added, other],
      [other, added],
    ]) {
      if (!addsUp(part.reach, wider.reach)) continue;
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
  }
  known.push(added);
}

/** Whether the wider role certainly counts for the API with the narrow one: it is the same role, or for the same address. */
function addsUp(part: RoleReach, wider: RoleReach): boolean {
  if (part.principal !== wider.principal || !reachesBeyond(part, wider)) return false;
  const sameRole = part.role.toLowerCase() === wider.role.toLowerCase();
  return sameRole || (part.url !== undefined && part.url === wider.url);
}

/** Compares the ids, each of which begins with the id of the whole, and the resource that is known to contain the part. */
function reachesBeyond({ on, resource }: RoleReach, wider: RoleReach): boolean {
  if (on === undefined || wider.on === undefined || on === wider.on) return false;
  return [on, resource].some((id) => id === wider.on || id?.startsWith(`${wider.on}/`));
}
