import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { SubscriptionKeyNames } from "../policy/names";
import { IApimBackend, BackendBranch } from "../backends/backend";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { kebabCase } from "../core/names";
import { IAppRegistration } from "../entra/registration";
import { checkedGateway, IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { inOrder, PolicySection } from "../policy/statement";
import { AN_AUDIENCE, AN_ID, checkedIfUnknown } from "../policy/statements/writing/terraform-value";
import { ConditionalRoute, GatewayRoute, withGateway } from "../policy/gateway/gateway-policy";
import { BoundBackend } from "./bound-backend";
import { fail, within } from "../core/fail";
import { requireGiven, requireList } from "../core/given";
import { checkedCondition } from "../policy/branch-condition";

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
}

/** A policy that calls its backends as the gateway, and the backend entities that it names. */
export interface ComposedPolicy {
  readonly document: PolicyDocument;
  readonly backendEntity: ApiManagementBackend;
  readonly branchEntities: { [branch: string]: ApiManagementBackend };
}

/** The backends of one policy, all bound to the gateway. */
export class GatewayCalls {
  private readonly main: BoundBackend;
  private readonly branches: readonly { readonly branch: BackendBranch; readonly bound: BoundBackend }[];
  /** The main one first. */
  private readonly all: readonly BoundBackend[];

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
    this.main = new BoundBackend(scope, props.gateway, props.backend, name);
    const example = "branches: [{ name, when: BranchCondition.header(...), backend }]";
    this.branches = requireList(scope, "branches", props.branches ?? [], example).map((branch) => {
      requireGiven(scope, branch, { name: "a branch", has: ["when", "backend"], texts: ["name"], example });
      checkedCondition(scope, branch.when);
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
      return { branch, bound: new BoundBackend(branchScope, props.gateway, branch.backend, `${name}-${branch.name}`) };
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
    const backendEntity = main.createEntity(entityName, this.props.circuitBreaker);
    const branchEntities = Object.fromEntries(
      branches.map(({ branch: { name, circuitBreaker }, bound }) => [
        name,
        bound.createEntity(`${entityName}-${name}`, circuitBreaker),
      ]),
    );
    const route = { ...this.routeTo(main, backendEntity), subscriptionKeyNames };
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
              ...this.routeTo(bound, branchEntities[name]),
              when,
              statements: branchStatements(scope, name, bound.policy),
            })),
          });
    return { document, backendEntity, branchEntities };
  }

  private routeTo(bound: BoundBackend, entity: ApiManagementBackend): GatewayRoute {
    const clientId = this.props.gateway.identity._userAssigned?.clientId;
    return {
      backendId: entity.name,
      backendName: entity.nameInput,
      tokenResource: checkedIfUnknown("the audience of the backend", bound.tokenResource, AN_AUDIENCE),
      identityClientId: clientId && checkedIfUnknown("the client id of the gateway's identity", clientId, AN_ID),
    };
  }
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
