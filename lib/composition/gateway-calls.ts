import { ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { SubscriptionKeyNames } from "../policy/subscription-key-names";
import { IApimBackend, BackendBranch } from "../backends/backend";
import { CircuitBreaker } from "../backends/circuit-breaker";
import { kebabCase } from "../core/names";
import { asReference } from "../core/tokens";
import { IAppRegistration } from "../entra/registration";
import { IApimGateway } from "../gateway/gateway";
import { PolicyDocument } from "../policy/policy-document";
import { PolicySection } from "../policy/policy-statement";
import { ConditionalRoute, GatewayRoute, withGateway } from "../policy/gateway/gateway-policy";
import { SLOTS } from "../policy/merge/placement";
import { BoundBackend } from "./bound-backend";
import { fail } from "../core/fail";

/** Who calls what. */
export interface GatewayCallsProps {
  readonly gateway: IApimGateway;
  readonly backend: IApimBackend;
  readonly branches?: readonly BackendBranch[];
  readonly circuitBreaker?: CircuitBreaker;
}

/** The backends of one policy, all bound, and the statements with which the gateway calls them. */
export class GatewayCalls {
  private readonly main: BoundBackend;
  private readonly branches: readonly { readonly branch: BackendBranch; readonly bound: BoundBackend }[];

  constructor(
    private readonly scope: Construct,
    private readonly props: GatewayCallsProps,
    name: string,
  ) {
    const { provider } = props.gateway;
    if (provider && TerraformStack.of(provider) !== TerraformStack.of(scope)) {
      fail(
        scope,
        "provider-of-another-stack",
        `The gateway "${props.gateway.node.path}" is reached with the provider "${provider.node.path}" of another stack, which this stack cannot use. Write a ` +
          `provider in this stack, and ApimGateway.fromLookup(this, "Gateway", { apimName, resourceGroupName, provider }).`,
      );
    }
    this.main = new BoundBackend(scope, props.gateway, props.backend, name);
    this.branches = (props.branches ?? []).map((branch) => {
      if (kebabCase(branch.name) !== branch.name || branch.name === "")
        fail(
          scope,
          "invalid-branch-name",
          `The branch name "${branch.name}" is not in kebab-case. Write one such as "orders-v2".`,
        );
      if (scope.node.tryFindChild(`Branch-${branch.name}`))
        fail(
          scope,
          "branch-name-taken",
          `There are two branches named "${branch.name}". Write another name for one of them.`,
        );
      const branchScope = new Construct(scope, `Branch-${branch.name}`);
      return { branch, bound: new BoundBackend(branchScope, props.gateway, branch.backend, `${name}-${branch.name}`) };
    });
  }

  public get url(): string {
    return this.main.url;
  }

  public get registration(): IAppRegistration | undefined {
    return this.main.registration;
  }

  /** What stands for the backends in Entra ID, the main one first. */
  public get registrations(): readonly (IAppRegistration | undefined)[] {
    return [this.main, ...this.branches.map(({ bound }) => bound)].map(({ registration }) => registration);
  }

  /** What must exist before the first call can succeed. */
  public get dependencies(): readonly ITerraformDependable[] {
    return [this.main, ...this.branches.map(({ bound }) => bound)].flatMap(({ dependencies }) => dependencies);
  }

  /**
   * The user's document with all that a call takes. Makes the backend entities.
   *
   * @param entityName name of the main backend on the gateway
   */
  public policy(user: PolicyDocument, entityName: string, subscriptionKeyNames: SubscriptionKeyNames): PolicyDocument {
    const main = this.route(this.main, entityName, this.props.circuitBreaker);
    if (this.branches.length === 0) return withGateway(user.merge(this.main.policy), { ...main, subscriptionKeyNames });
    return withGateway(user, {
      ...main,
      statements: statementsWithin(this.scope, "otherwise", this.main.policy),
      branches: this.branches.map(({ branch, bound }): ConditionalRoute => ({
        ...this.route(bound, `${entityName}-${branch.name}`, branch.circuitBreaker),
        when: branch.when,
        statements: statementsWithin(this.scope, branch.name, bound.policy),
      })),
      subscriptionKeyNames,
    });
  }

  private route(bound: BoundBackend, entityName: string, circuitBreaker?: CircuitBreaker): GatewayRoute {
    const clientId = this.props.gateway.identity._userAssigned?.clientId;
    return {
      backendId: bound.entity(entityName, circuitBreaker),
      tokenResource: asReference(bound.tokenResource),
      identityClientId: clientId === undefined ? undefined : asReference(clientId),
    };
  }
}

/** What a backend needs of a request, to stand in the branch that calls it. */
function statementsWithin(scope: Construct, branch: string, policy: PolicyDocument): string[] {
  if (policy._isWritten)
    fail(
      scope,
      "branch-with-written-policy",
      `The backend of the branch "${branch}" brings a whole policy document, of which no part can stand in a branch. ` +
        `Write PolicyDocument.of(...statements) in its bind.`,
    );
  const outside = policy._statements.find(({ section }) => section !== PolicySection.INBOUND);
  if (outside)
    fail(
      scope,
      "branch-needs-other-section",
      `The backend of the branch "${branch}" needs a statement in the ${outside.section} section, where no branch can be told from the ` +
        `others. Write a SecureApimBackend of its own for it.`,
    );
  return SLOTS.flatMap((each) => policy._statements.filter(({ slot }) => slot === each)).map(({ xml }) => xml);
}
