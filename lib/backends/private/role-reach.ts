import { Annotations } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { finding } from "../../core/fail";

/** How far a role reaches that an API gives to the gateway's identity. What is not known yet is left out. */
export interface RoleReach {
  /** Whose role it is. */
  readonly principal: string;
  readonly role: string;
  /** What it is assigned on. */
  readonly on?: string;
  /** The whole of which that is a part, or the same. */
  readonly resource?: string;
  /** Where the API's requests go. */
  readonly url?: string;
}

const reaches = new WeakMap<IConstruct, { readonly scope: Construct; readonly reach: RoleReach }[]>();

/** Warns where a role on a part is of no effect, since the same identity has one on more for another API. */
export function compareReach(scope: Construct, reach: RoleReach): void {
  const { root } = scope.node;
  const known = reaches.get(root) ?? [];
  reaches.set(root, known);
  const added = { scope, reach };
  for (const other of known) {
    for (const [part, more] of [
      [added, other],
      [other, added],
    ]) {
      if (!addsUp(part.reach, more.reach)) continue;
      const [partOfApi, moreOfApi] = [part, more].map((each) => ({ api: each.scope.node.path, role: each.reach.role }));
      Annotations.of(part.scope).addWarning(finding("role-limits-nothing", 
              `The roles of one identity add up: it has the role "${partOfApi.role}" for "${partOfApi.api}" on a part alone, but the role ` +
              `"${moreOfApi.role}" for "${moreOfApi.api}" on more than that part, and consumers of either API can do there what this allows. Write ` +
              `a narrower roleScope (scope of Backend.azureResource) at "${moreOfApi.api}", or another gateway, with an identity of its own, ` +
              `at "${partOfApi.api}".`
            ));
    }
  }
  known.push(added);
}

/** Whether a role on more certainly counts for the API that has one on a part: it is the same role, or for the same address. */
function addsUp(part: RoleReach, more: RoleReach): boolean {
  if (part.principal !== more.principal || !reachesBeyond(part, more)) return false;
  const sameRole = part.role.toLowerCase() === more.role.toLowerCase();
  return sameRole || (part.url !== undefined && part.url === more.url);
}

/** By the id itself, which begins with that of the whole, or by the resource of which it is said to be a part. */
function reachesBeyond({ on, resource }: RoleReach, more: RoleReach): boolean {
  if (on === undefined || more.on === undefined || on === more.on) return false;
  return [on, resource].some((id) => id === more.on || id?.startsWith(`${more.on}/`));
}
