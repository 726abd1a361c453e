import { Lazy } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import { originalOf } from "../core/claims";
import { expressionOf } from "../core/tokens";
import { CallerConfig, ICaller, callerKey } from "./caller";
import { AssignmentTarget, InvokeAssignment } from "./invoke-assignment";
import { InvokeGrant } from "./invoke-grant";
import { fail } from "../core/fail";

/** The system-assigned identity of a service that a data source reads. */
const READ = /^\$\{data\.azurerm_api_management\.[\w-]+\.identity\[0\]\.principal_id\}$/;

interface Granted {
  readonly who: ICaller;
  readonly caller: CallerConfig;
  readonly grant: InvokeGrant;
}

const grantsOf = new WeakMap<IConstruct, Grants>();

/** Everybody who was granted access on a registration of ours. */
export function callersGranted(registration: IConstruct): readonly CallerConfig[] {
  return grantsOf.get(registration)?.callers ?? [];
}

/** The callers of one registration: one assignment and one place in the allow-list each. */
export class Grants {
  private readonly granted = new Map<string, Granted>();

  private readonly target?: AssignmentTarget;

  constructor(
    private readonly scope: Construct,
    assignment: InvokeAssignment,
  ) {
    this.target = assignment._bind(scope);
    grantsOf.set(scope, this);
  }

  public grant(caller: ICaller): InvokeGrant {
    const config = caller.bindCaller(this.scope);
    const key = callerKey(config);
    const added = { who: caller, caller: config };
    const other = [...this.granted.values()].find((before) => this.differ(before, added));
    if (other) throw this.labelTaken(other.who, caller, config.label);
    const before = this.granted.get(key);
    if (before) return before.grant;
    const grant = new InvokeGrant(this.assign(config));
    this.granted.set(key, { ...added, grant });
    return grant;
  }

  public get callers(): readonly CallerConfig[] {
    return [...this.granted.values()].map(({ caller }) => caller);
  }

  /** Read at synth, so that callers granted later are in; in the order of labels, so that the order of grants is of no effect. */
  public get principalIds(): string[] {
    return Lazy.listValue({
      produce: () =>
        [...this.granted.values()]
          .sort((a, b) => (a.caller.label < b.caller.label ? -1 : 1))
          .map(({ caller }) => caller.principalId),
    });
  }

  /** Whether two callers have one label, and are not certainly the same one. */
  private differ(a: Omit<Granted, "grant">, b: Omit<Granted, "grant">): boolean {
    if (a.caller.label !== b.caller.label) return false;
    const ids = [a, b].map(({ caller }) => expressionOf(this.scope, caller.principalId)?.toLowerCase());
    if (ids.includes(undefined) || ids[0] === ids[1]) return false;
    // Two data sources of one service have one identity, in two texts.
    return !(isOne(a.who, b.who) && ids.every((id) => READ.test(id ?? "")));
  }

  private labelTaken(first: ICaller, second: ICaller, label: string): Error {
    return Construct.isConstruct(first) && Construct.isConstruct(second)
      ? gatewayLabelTaken(this.scope, label, first.node.path, second.node.path)
      : callerLabelTaken(this.scope, label);
  }

  private assign(caller: CallerConfig): AppRoleAssignment | undefined {
    if (!this.target) return undefined;
    const id = `Invoke-${caller.label}`;
    if (this.scope.node.tryFindChild(id.replace(/\//g, "--"))) callerLabelTaken(this.scope, caller.label);
    return new AppRoleAssignment(this.scope, id, {
      appRoleId: this.target.appRoleId,
      principalObjectId: caller.principalId,
      resourceObjectId: this.target.servicePrincipalObjectId,
    });
  }
}

/** Whether two callers are objects for one gateway. */
function isOne(a: ICaller, b: ICaller): boolean {
  return Construct.isConstruct(a) && Construct.isConstruct(b) && originalOf(a) === originalOf(b);
}
// Policy
// Entra ID

export function callerLabelTaken(scope: Construct, label: string): never {
  fail(
    scope,
    "caller-label-taken",
    `Two different callers have the label "${label}". Write another label for one of them: ` +
      `Caller.servicePrincipal(objectId, "...").`,
  );
}

export function gatewayLabelTaken(scope: Construct, label: string, first: string, second: string): never {
  fail(
    scope,
    "gateway-label-taken",
    `The gateways "${first}" and "${second}" are both called "${label}" here, and have different identities. Write one gateway ` +
      `object for both; or, where the service calls with several user-assigned identities, each by GatewayIdentity.userAssigned ` +
      `(clientId in ApimGateway.fromAttributes).`,
  );
}
