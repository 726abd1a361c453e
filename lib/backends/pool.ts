import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { BindErrors, BindOnce } from "../core/bind-once";
import { fail } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { checkWholeNumber } from "../core/literal";
import { kebabCase } from "../core/names";
import { repeated } from "../core/repeated";
import { PropertyNames, requireOnly } from "../core/property-names";
import { BackendConfig, IApimBackend } from "./backend";
import { BOUND_BACKEND } from "./bound";
import { CircuitBreaker } from "./circuit-breaker";

/** One of the backends of a pool. */
export interface BackendPoolMember {
  /**
   * A short name in kebab-case, a plain string. Construct ids and names on the gateway contain it, so that other members can be added and
   * removed.
   */
  readonly name: string;

  /** The backend. All members of a pool get the same token. */
  readonly backend: IApimBackend;

  /**
   * The group of the member, 0 to 100. The lowest number is called first, and the next one only while the circuit breakers of all members
   * with a lower number are open.
   *
   * @default 1
   */
  readonly priority?: number;

  /**
   * The share of the requests that the member gets among those with the same priority, 0 to 100.
   *
   * @default 1
   */
  readonly weight?: number;

  /**
   * When the gateway stops calling this member, and calls the others instead.
   *
   * @default - never: the member gets its share of the requests even while it fails
   */
  readonly circuitBreaker?: CircuitBreaker;
}

/** The names of its properties. */
const BACKEND_POOL_MEMBER: PropertyNames<BackendPoolMember> = {
  backend: true,
  name: true,
  circuitBreaker: true,
  priority: true,
  weight: true,
};

/** Several backends among which the gateway chooses. */
export interface IBackendPool extends IApimBackend {
  /**
   * The backend entity of the pool, a resource of the azapi provider, to set anything else on it. Reading it is an error before the pool
   * is passed to a `SecureApimBackend`.
   */
  readonly poolEntity: TerraformResource;

  /**
   * The backend entities of the members, by the name of the member. Reading it is an error before the pool is passed to a
   * `SecureApimBackend`.
   */
  readonly memberEntities: { [member: string]: ApiManagementBackend };
}

/** What was created for a pool. */
interface PoolEntities {
  readonly pool: TerraformResource;
  readonly members: { [member: string]: ApiManagementBackend };
}

/** A member with all its values. */
export type CheckedMember = BackendPoolMember & Required<Pick<BackendPoolMember, "priority" | "weight">>;

const FACTORY = "Backend.pool";
const EXAMPLE = 'Backend.pool([{ name: "west", backend }, { name: "east", backend }])';

/** @see https://learn.microsoft.com/azure/api-management/backends#limitations */
const MAX_MEMBERS = 30;

/** @see https://learn.microsoft.com/rest/api/apimanagement/backend/create-or-update#backendpoolitem */
const MAX_VALUE = 100;

const BOUND_POOL: BindErrors = {
  twice: (scope, factory, boundAt) =>
    fail(
      scope,
      "pool-bound-twice",
      `This ${factory}(...) is already used at "${boundAt}", and it can create its backend entities only once.`,
      `Call ${factory}(...) again, with members of its own. For an app that another API has as its backend, the member is ` +
        `Backend.url(url, Audience.registration(registration)).`,
    ),
  never: BOUND_BACKEND.never,
};

/** Several backends among which the gateway chooses. What composes a policy binds its members. */
export class BackendPool implements IBackendPool {
  public readonly factory = FACTORY;
  private readonly checked = new BindOnce<readonly CheckedMember[]>(FACTORY, BOUND_POOL);
  private readonly bound = new BindOnce<PoolEntities>(FACTORY, BOUND_POOL);

  constructor(private readonly members: BackendPoolMember[]) {}

  public get poolEntity(): TerraformResource {
    return this.bound.read("poolEntity").pool;
  }

  public get memberEntities(): { [member: string]: ApiManagementBackend } {
    return this.bound.read("memberEntities").members;
  }

  public bind(scope: Construct): BackendConfig {
    return fail(
      scope,
      "pool-in-backend",
      "A pool has several addresses, so it cannot be bound like one backend.",
      `Pass it as it is: backend: ${EXAMPLE} on a SecureApimBackend, on a SecurePolicyFragment or on a branch.`,
    );
  }

  /**
   * The members, for the one place that binds them.
   *
   * @internal
   */
  public _members(scope: Construct): readonly CheckedMember[] {
    return this.checked.bind(scope, () => checkedMembers(scope, this.members));
  }

  /** @internal */
  public _bindEntities(scope: Construct, create: () => PoolEntities): void {
    this.bound.bind(scope, create);
  }
}

/** The backend as a pool, if it is one. Recognized by its content: two copies of the package can be loaded in one app. */
export function poolOf(backend: IApimBackend): BackendPool | undefined {
  return "_bindEntities" in backend ? (backend as BackendPool) : undefined;
}

function checkedMembers(scope: Construct, given: BackendPoolMember[]): readonly CheckedMember[] {
  const members = requireList(scope, `members of ${FACTORY}`, given, EXAMPLE).map((member) => checked(scope, member));
  if (members.length < 1 || members.length > MAX_MEMBERS)
    fail(
      scope,
      "pool-size",
      `${FACTORY} has ${members.length} members, but API Management accepts 1 to ${MAX_MEMBERS}.`,
      `Write ${EXAMPLE}, with at most ${MAX_MEMBERS} members.`,
    );
  const [sameName] = repeated(members, ({ name }) => name);
  if (sameName)
    fail(
      scope,
      "pool-member-name-taken",
      `Two members of the pool are named "${sameName[0].name}".`,
      "Rename one of them.",
    );
  const objects = new Map<IApimBackend, string>();
  for (const { name, backend } of members) {
    const other = objects.get(backend);
    if (other !== undefined) failRepeated(scope, other, name);
    objects.set(backend, name);
  }
  checkReach(scope, members);
  return members;
}

/** A member that is there twice changes its share, which is what `weight` is for. */
export function failRepeated(scope: Construct, first: string, second: string): never {
  fail(
    scope,
    "pool-member-repeated",
    `The members "${first}" and "${second}" of the pool are the same backend.`,
    "Remove one of them. To send more requests to a backend, give it a higher weight.",
  );
}

function checked(scope: Construct, member: BackendPoolMember): CheckedMember {
  requireGiven(scope, member, { name: `a member of ${FACTORY}`, has: ["backend"], texts: ["name"], example: EXAMPLE });
  const { name, backend } = requireOnly(scope, "an entry of Backend.pool", member, {
    names: BACKEND_POOL_MEMBER,
    example: EXAMPLE,
  });
  if (kebabCase(name) !== name || name === "")
    fail(
      scope,
      "invalid-pool-member-name",
      `The name "${name}" of a member of the pool is not in kebab-case.`,
      'Write a name such as "west-europe".',
    );
  const given: unknown = backend;
  if (typeof given === "object" && given !== null && poolOf(backend))
    fail(
      scope,
      "pool-in-pool",
      `The member "${name}" of the pool is a pool itself, which API Management does not accept.`,
      "Write its members in this pool. Members with another priority are a group of their own.",
    );
  const value = (property: "priority" | "weight"): number =>
    checkWholeNumber(scope, `${property} of the member "${name}" of the pool`, member[property] ?? 1, 0, MAX_VALUE);
  return { ...member, name, backend, priority: value("priority"), weight: value("weight") };
}

/**
 * A group is called only while the circuit breakers of all members before it are open.
 *
 * @see https://learn.microsoft.com/azure/api-management/backends#load-balanced-pool
 */
function checkReach(scope: Construct, members: readonly CheckedMember[]): void {
  const last = members.reduce((a, b) => (b.priority > a.priority ? b : a));
  const always = members.find(({ priority, circuitBreaker }) => priority < last.priority && !circuitBreaker);
  if (always)
    fail(
      scope,
      "pool-member-never-called",
      `The member "${last.name}" with priority ${last.priority} is never called: the member "${always.name}" with priority ` +
        `${always.priority} has no circuit breaker, so the gateway calls it even while it fails.`,
      `Write circuitBreaker: CircuitBreaker.onFailures(...) on the member "${always.name}".`,
    );
}
