import { Annotations, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { AzapiResource } from "../azure/azapi";
import { BackendPool, CheckedMember, failRepeated } from "../backends/pool";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { fail, finding } from "../core/fail";
import { grouped } from "../core/grouped";
import { guard, ONCE } from "../core/guard";
import { GUID } from "../core/ids";
import { identityOf } from "../core/tokens";
import { withoutEnd } from "../core/without-end";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway } from "../gateway/gateway";
import { liveOn } from "../gateway/gateway-child";
import { requireTier } from "../gateway/tiers";
import { PolicyDocument } from "../policy/policy-document";
import { BackendEntity, Bound, claimEntityName } from "./bound";
import { BoundBackend } from "./bound-backend";

const POOL = { what: "A backend pool", instead: "use a single backend, or branches" };

const AS_BRANCHES = "write branches: [{ name, when, backend }] on the SecureApimBackend instead of a pool";

interface BoundMember {
  readonly member: CheckedMember;
  readonly scope: Construct;
  readonly bound: BoundBackend;
}

/**
 * Backends that are bound to a gateway, which chooses among them after it has the token: one token fits all.
 *
 * @see docs/design/decisions.md#one-token-for-a-pool
 */
export class BoundPool implements Bound {
  public readonly url: string;
  public readonly registration?: IAppRegistration;
  public readonly tokenResource: string;
  public readonly policy: PolicyDocument;
  public readonly dependencies: readonly ITerraformDependable[];
  public readonly streams: boolean;
  public readonly withoutToken: boolean;
  private readonly members: readonly BoundMember[];

  constructor(
    private readonly scope: Construct,
    private readonly gateway: IApimGateway,
    private readonly pool: BackendPool,
    defaultName: string,
  ) {
    this.members = pool._members(scope).map((member) => {
      const memberScope = new Construct(scope, `Member-${member.name}`);
      const bound = new BoundBackend(memberScope, gateway, member.backend, `${defaultName}-${member.name}`);
      return { member, scope: memberScope, bound };
    });
    const [{ bound: first }] = this.members;
    this.checkMembers();
    this.url = first.url;
    this.registration = first.registration;
    this.tokenResource = first.tokenResource;
    this.policy = first.policy;
    this.dependencies = [...new Set(this.members.flatMap(({ bound }) => bound.dependencies))];
    this.streams = this.members.some(({ bound }) => bound.streams);
    this.withoutToken = first.withoutToken;
  }

  public createEntity(name: string, circuitBreaker?: CircuitBreaker): BackendEntity {
    const { scope, gateway, pool } = this;
    if (circuitBreaker !== undefined)
      fail(
        scope,
        "circuit-breaker-on-pool",
        "A pool has no circuit breaker of its own: each member has one, so that the gateway calls the others while it is open.",
        "Write circuitBreaker on the members: Backend.pool([{ name, backend, circuitBreaker }]).",
      );
    const precondition = requireTier(scope, gateway, "backendPool", POOL);
    claimEntityName(scope, gateway, name);
    pool._bindEntities(scope, () => {
      const members = this.members.map(({ member, bound }) => ({
        member,
        entity: bound.createEntity(`${name}-${member.name}`, member.circuitBreaker).single,
      }));
      const entity = new AzapiResource(scope, "BackendPool", {
        resourceType: "azapi_resource",
        type: "Microsoft.ApiManagement/service/backends@2024-05-01",
        name,
        parentId: gateway.apimId,
        body: {
          properties: {
            type: "Pool",
            pool: {
              services: members.map(({ member: { priority, weight }, entity: { id } }) => ({ id, priority, weight })),
            },
          },
        },
        // The schema requires a url and a protocol, which API Management refuses for a pool (Azure/azure-rest-api-specs#35713).
        withoutSchema: true,
      });
      if (precondition.length > 0) entity.lifecycle = { precondition };
      liveOn(entity, gateway, { named: members.map(({ entity: { id } }) => id) });
      guardPool(entity);
      return { pool: entity, members: Object.fromEntries(members.map(({ member, entity }) => [member.name, entity])) };
    });
    this.warnOfFailing();
    return { reference: pool.poolEntity.getStringAttribute("name"), name };
  }

  private checkMembers(): void {
    const { scope, members } = this;
    const [first, ...others] = members;
    const urls = new Map<string, string>();
    for (const { member, bound, scope: memberScope } of members) {
      const url = identityOf(memberScope, bound.url)?.toLowerCase();
      const other = url === undefined ? undefined : urls.get(url);
      if (other !== undefined) failRepeated(scope, other, member.name);
      if (url !== undefined) urls.set(url, member.name);
    }
    for (const other of others) {
      const [a, b] = [first, other].map(({ bound }) => audienceOf(scope, bound.tokenResource));
      const names = `"${first.member.name}" and "${other.member.name}"`;
      if (a !== b)
        fail(
          scope,
          "pool-of-several-audiences",
          `The members ${names} of the pool need tokens for different audiences, "${a}" and "${b}". The gateway requests one token, and ` +
            `then chooses a member.`,
          `Give all members one audience: the same registration on each app, or accounts of one Azure service in one form of its API. ` +
            `Otherwise, ${AS_BRANCHES}.`,
        );
      if (first.bound.withoutToken !== other.bound.withoutToken)
        fail(
          scope,
          "pool-of-several-phases",
          `The members ${names} of the pool differ in whether the gateway sends its token. The gateway decides this before it chooses a member.`,
          "Write SignIn.acceptBoth(reason) on the apps of all members, or on none. A member that is only an address gets the token.",
        );
      if (policyText(first.bound.policy) !== policyText(other.bound.policy))
        fail(
          scope,
          "pool-of-several-policies",
          `The members ${names} of the pool need different statements in the policy. The gateway runs them before it chooses a member.`,
          `Use members of one kind. Otherwise, ${AS_BRANCHES}.`,
        );
    }
  }

  /** Among members of one priority, a circuit breaker is what makes the gateway skip one that fails. */
  private warnOfFailing(): void {
    const ofPriority = grouped(this.members, ({ member }) => [member.priority]);
    const failing = this.members.filter(
      ({ member: { circuitBreaker, priority } }) => !circuitBreaker && ofPriority.get(priority)!.length > 1,
    );
    if (failing.length > 0)
      Annotations.of(this.scope).addWarning(
        finding(
          "pool-member-without-circuit-breaker",
          `Members of the pool have no circuit breaker (${failing.map(({ member }) => `"${member.name}"`).join(", ")}), so the gateway sends them ` +
            `their share of the requests even while they fail.`,
          "Write circuitBreaker: CircuitBreaker.onFailures(...) on each of them.",
        ),
      );
  }
}

/** The address that a token goes to is the list of the members. */
function guardPool(entity: AzapiResource): void {
  guard(entity, {
    attributes: { ...ONCE, ...entity.settings },
    others: AzapiResource.OTHERS,
    changed: (attributes) =>
      finding(
        "backend-pool-changed",
        `The backend pool "${entity.node.path}" was changed after it was created, so the gateway's token could go to another backend.`,
        `Remove what changes ${attributes} on it (addOverride, an aspect). Write the members in Backend.pool([...]).`,
      ),
  });
}

/** The audience for comparison. Entra ID ignores a slash at the end, and the case of a client ID. */
function audienceOf(scope: Construct, tokenResource: string): string {
  const audience = withoutEnd(identityOf(scope, tokenResource) ?? tokenResource, "/");
  return GUID.test(audience) ? audience.toLowerCase() : audience;
}

function policyText(policy: PolicyDocument): string {
  return policy._isWritten
    ? policy.toXml()
    : policy._statements.map(({ section, slot, xml }) => [section, slot, xml].join(" ")).join("\n");
}
