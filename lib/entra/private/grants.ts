import { Lazy } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import { originalOf } from "../../core/claims";
import * as errors from "../../core/errors";
import { expressionOf } from "../../core/tokens";
import { CallerConfig, ICaller } from "../caller";
import { AssignmentTarget, InvokeAssignment } from "../invoke-assignment";
import { InvokeGrant } from "../invoke-grant";
import { callerKey } from "./caller-key";

interface Granted {
  /** What was granted access: of several objects for one gateway the first. */
  readonly who: unknown;
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
    const who = Construct.isConstruct(caller) ? originalOf(caller) : caller;
    const before = this.granted.get(key);
    if (before) {
      if (before.who !== who && this.differ(before.caller, config))
        throw errors.callerLabelTaken(this.scope, config.label);
      return before.grant;
    }
    const grant = new InvokeGrant(this.assign(config));
    this.granted.set(key, { who, caller: config, grant });
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

  /** Whether two callers of one label are certainly not the same one. */
  private differ(a: CallerConfig, b: CallerConfig): boolean {
    const [first, second] = [a, b].map(({ principalId }) => expressionOf(this.scope, principalId)?.toLowerCase());
    return first !== undefined && second !== undefined && first !== second;
  }

  private assign(caller: CallerConfig): AppRoleAssignment | undefined {
    if (!this.target) return undefined;
    const id = `Invoke-${caller.label}`;
    if (this.scope.node.tryFindChild(id.replace(/\//g, "--"))) throw errors.callerLabelTaken(this.scope, caller.label);
    return new AppRoleAssignment(this.scope, id, {
      appRoleId: this.target.appRoleId,
      principalObjectId: caller.principalId,
      resourceObjectId: this.target.servicePrincipalObjectId,
    });
  }
}
