import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf, stackAround } from "../azure/clouds/stack-cloud";
import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { SubscriptionKeyNames } from "../policy/names";
import { checkBackend, IApimBackend, BackendBranch } from "../backends/backend";
import { Backend } from "../backends/backends";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { requireLiteral } from "../core/literal";
import { kebabCase } from "../core/names";
import { IAppRegistration } from "../entra/registration";
import { checkedGateway, IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { inOrder, PolicySection } from "../policy/statement";
import { AN_AUDIENCE, AN_ID, checkedIfUnknown } from "../policy/statements/writing/terraform-value";
import { ConditionalRoute, GatewayRoute, withGateway } from "../policy/gateway/gateway-policy";
import { poolOf } from "../backends/pool";
import { BackendEntity, Bound } from "./bound";
import { BoundBackend } from "./bound-backend";
import { BoundPool } from "./bound-pool";
import { fail, within } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { PropertyNames, requireOnly } from "../core/property-names";
import { checkedCondition } from "../policy/branch-condition";

/** The names of its properties. */
const BACKEND_BRANCH: PropertyNames<BackendBranch> = {
  backend: true,
  name: true,
  when: true,
  backendEntityName: true,
  circuitBreaker: true,
};

/**
 * The gateway and the backends that it calls.
 *
 * @internal
 */
export interface GatewayCallsProps {
  /** The API Management service that calls the backend. */
  readonly gateway: IApimGateway;

  /** The backend that is called. With `branches`, it is called when no condition is met. */
  readonly backend: IApimBackend;

  /**
   * Other backends, each called under a condition and with its own token.
   *
   * @default - none: every request goes to `backend`
   */
  readonly branches?: BackendBranch[];

  /**
   * When requests to a failing backend are suspended. Not available in the Consumption tier.
   *
   * @default - never
   */
  readonly circuitBreaker?: CircuitBreaker;

  /**
   * Name of the backend entity on the gateway, unique there; a plain string. Those of branches begin with it, unless they have a name of
   * their own.
   *
   * @default - the name of the API or of the fragment
   */
  readonly backendEntityName?: string;
}

/** A policy that calls its backends as the gateway, and the backend entities that it names. */
export interface ComposedPolicy {
  readonly document: PolicyDocument;
  /** The entity of the main backend, unless that is a pool. */
  readonly backendEntity?: ApiManagementBackend;
  /** Those of the branches, without pools. */
  readonly branchEntities: { [branch: string]: ApiManagementBackend };
}

/** The backends of one policy, all bound to the gateway. */
export class GatewayCalls {
  private readonly main: Bound;
  private readonly branches: readonly { readonly branch: BackendBranch; readonly bound: Bound }[];
  /** The main one first. */
  private readonly all: readonly Bound[];

  constructor(
    private readonly scope: Construct,
    private readonly props: GatewayCallsProps,
    name: string,
  ) {
    const { provider } = checkedGateway(scope, props.gateway);
    if (provider && TerraformStack.of(provider) !== TerraformStack.of(scope))
      fail(
        scope,
        "provider-of-another-stack",
        `Gateway "${props.gateway.node.path}" uses provider "${provider.node.path}" of another stack, which this stack cannot use.`,
        `Create a provider in this stack and pass it: ApimGateway.fromLookup(this, "Gateway", { apimName, resourceGroupName, provider }).`,
      );
    requireSameCloud(scope, props.gateway);
    this.main = bindBackend(scope, props.gateway, props.backend, name);
    const example = "branches: [{ name, when: BranchCondition.header(...), backend }]";
    this.branches = requireList(scope, "branches", props.branches ?? [], example).map((branch) => {
      requireGiven(scope, branch, { name: "a branch", has: ["when", "backend"], texts: ["name"], example });
      checkedCondition(scope, branch.when);
      requireOnly(scope, "an entry of branches", branch, { names: BACKEND_BRANCH, example });
      if (kebabCase(branch.name) !== branch.name || branch.name === "")
        fail(
          scope,
          "invalid-branch-name",
          `The branch name "${branch.name}" is not in kebab-case.`,
          'Write a name such as "orders-v2".',
        );
      if (scope.node.tryFindChild(`Branch-${branch.name}`))
        fail(scope, "branch-name-taken", `Two branches are named "${branch.name}".`, "Rename one of them.");
      const branchScope = new Construct(scope, `Branch-${branch.name}`);
      return { branch, bound: bindBackend(branchScope, props.gateway, branch.backend, `${name}-${branch.name}`) };
    });
    this.all = [this.main, ...this.branches.map(({ bound }) => bound)];
  }

  public get url(): string {
    return this.main.url;
  }

  public get registration(): IAppRegistration | undefined {
    return this.main.registration;
  }

  /** The app registrations of the backends. */
  public get registrations(): readonly (IAppRegistration | undefined)[] {
    return this.all.map(({ registration }) => registration);
  }

  /** Whether one of the backends sends its responses in parts. */
  public get streams(): boolean {
    return this.all.some(({ streams }) => streams);
  }

  /** What must exist before the first call can succeed. */
  public get dependencies(): readonly ITerraformDependable[] {
    return this.all.flatMap(({ dependencies }) => dependencies);
  }

  /**
   * Creates the backend entities, and adds to the user's document the statements that call them.
   *
   * @param entityName name of the main backend on the gateway; those of branches begin with it
   */
  public composePolicy(
    user: PolicyDocument,
    entityName: string,
    subscriptionKeyNames: SubscriptionKeyNames,
  ): ComposedPolicy {
    const { scope, main, branches } = this;
    const mainName = this.entityName(this.props.backendEntityName) ?? entityName;
    const mainEntity = main.createEntity(mainName, this.props.circuitBreaker);
    const entities = branches.map(({ branch, bound }): [string, BackendEntity] => [
      branch.name,
      bound.createEntity(
        this.entityName(branch.backendEntityName) ?? `${mainName}-${branch.name}`,
        branch.circuitBreaker,
      ),
    ]);
    const entityOf = Object.fromEntries(entities);
    const route = { ...this.routeTo(main, mainEntity), subscriptionKeyNames };
    const document =
      branches.length === 0
        ? withGateway(
            within(scope, () => user.merge(main.policy)),
            route,
          )
        : withGateway(user, {
            ...route,
            statements: branchStatements(scope, "otherwise", main.policy),
            branches: branches.map(({ branch: { name, when }, bound }): ConditionalRoute => ({
              ...this.routeTo(bound, entityOf[name]),
              when,
              statements: branchStatements(scope, name, bound.policy),
            })),
          });
    const singles = entities.flatMap(([name, { single }]): [string, ApiManagementBackend][] =>
      single ? [[name, single]] : [],
    );
    return { document, backendEntity: mainEntity.single, branchEntities: Object.fromEntries(singles) };
  }

  /** The name that the user gave a backend entity. Policies contain it. */
  private entityName(given: string | undefined): string | undefined {
    return given === undefined ? undefined : requireLiteral(this.scope, "The name of a backend entity", given);
  }

  private routeTo(bound: Bound, entity: BackendEntity): GatewayRoute {
    return {
      backendId: entity.reference,
      backendName: entity.name,
      withoutToken: bound.withoutToken,
      ...tokenRequest(this.props.gateway, "the audience of the backend", bound.tokenResource),
    };
  }
}

/** The audience and the identity of the gateway, as a policy that requests a token has them. */
export function tokenRequest(
  gateway: IApimGateway,
  what: string,
  tokenResource: string,
): Pick<GatewayRoute, "tokenResource" | "identityClientId"> {
  const clientId = gateway.identity._userAssigned?.clientId;
  return {
    tokenResource: checkedIfUnknown(what, tokenResource, AN_AUDIENCE),
    identityClientId: clientId && checkedIfUnknown("the client id of the gateway's identity", clientId, AN_ID),
  };
}

/** Binds a backend, or the members of a pool. */
function bindBackend(scope: Construct, gateway: IApimGateway, backend: IApimBackend, name: string): Bound {
  const pool = poolOf(checkBackend(scope, backend, Backend));
  return pool ? new BoundPool(scope, gateway, pool, name) : new BoundBackend(scope, gateway, backend, name);
}

/** A managed identity gets tokens in its own cloud only. */
function requireSameCloud(scope: Construct, gateway: IApimGateway): void {
  const stack = stackAround(gateway);
  if (stack === undefined || stack === TerraformStack.of(scope) || cloudOf(stack) === cloudOf(scope)) return;
  const { title: otherCloud } = CLOUDS[cloudOf(stack)];
  const { title: thisCloud } = CLOUDS[cloudOf(scope)];
  fail(
    scope,
    "gateway-of-another-cloud",
    `Gateway "${gateway.node.path}" is in a stack for ${otherCloud}, but this stack is for ${thisCloud}.`,
    "Use a gateway in the cloud of the stack, and write the same environment on the azurerm providers of both stacks.",
  );
}

/** What a backend needs in a request, as XML for the branch that calls it. */
function branchStatements(scope: Construct, branch: string, policy: PolicyDocument): string[] {
  if (policy._isWritten)
    fail(
      scope,
      "branch-with-written-policy",
      `The backend of branch "${branch}" returns a whole policy document, which a branch cannot contain.`,
      "Return PolicyDocument.of(...statements) from its bind method.",
    );
  const outside = policy._statements.find(({ section }) => section !== PolicySection.INBOUND);
  if (outside)
    fail(
      scope,
      "branch-needs-other-section",
      `The backend of branch "${branch}" needs a statement in the ${outside.section} section, which all branches share.`,
      "Create a separate SecureApimBackend for this backend.",
    );
  return inOrder(policy._statements).map(({ xml }) => xml);
}
