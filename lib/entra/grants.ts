import type { AppRoleAssignment } from "@cdktf/provider-azuread/lib/app-role-assignment";
import { Lazy } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { areSame } from "../core/claims";
import { fail } from "../core/fail";
import { addToGroup } from "../core/grouped";
import { stateOf } from "../core/state";
import { identityOf } from "../core/tokens";
import { boundCaller, byLabel, CallerConfig, callerKey, ICaller, identitiesOf } from "./caller";
import { AssignmentTarget, InvokeAssignment, InvokeAssignmentManagedElsewhere } from "./invoke-assignment";
import { InvokeGrant } from "./invoke-grant";
import { requireGiven } from "../core/given";
import { azuread } from "../providers/azuread";

/** The system-assigned identity of a service that a data source reads. */
const LOOKED_UP = /^\$\{(?:<[^>]+>)?data\.azurerm_api_management\.[\w-]+\.identity\[0\]\.principal_id\}$/;

interface Granted {
  readonly who: ICaller;
  readonly caller: CallerConfig;
  readonly grant: InvokeGrant;
  /** Why someone else assigns the role to this caller, in the words of the user. */
  readonly elsewhere?: string;
}

/** A caller, whether it is a gateway, and why someone else assigns the role to it. */
export interface GrantedCaller extends Pick<Granted, "caller" | "elsewhere"> {
  readonly isGateway: boolean;
}

/** The callers that were granted access to a registration. */
export function callersGranted(registration: IConstruct): CallerConfig[] {
  return stateOf(registration, "granted-callers", () => []);
}

/**
 * The callers of one registration. Each has one app role assignment and one place in the allow-list.
 *
 * @see docs/design/decisions.md#grants-by-label
 */
export class Grants {
  private readonly granted = new Map<string, Granted>();
  private readonly byLabel = new Map<string, Granted[]>();

  private readonly target?: AssignmentTarget;

  /** One token for all that read the list. */
  private ids?: readonly string[];

  constructor(
    private readonly scope: Construct,
    assignment: InvokeAssignment,
  ) {
    this.target = requireGiven(scope, assignment, {
      name: "assignment",
      has: ["_bind", "servicePrincipalObjectId"],
      example: 'assignment: InvokeAssignment.onServicePrincipal("...") or InvokeAssignment.managedElsewhere("why")',
    })._bind(scope);
  }

  public grant(who: ICaller, assignment?: InvokeAssignmentManagedElsewhere): InvokeGrant {
    const bound = boundCaller(this.scope, who);
    const elsewhere = assignment === undefined ? undefined : this.checkedElsewhere(bound, assignment);
    const [grant] = identitiesOf(bound).map((caller) => this.grantTo(who, caller, elsewhere));
    return grant;
  }

  /** The callers, sorted by label. */
  public get callers(): GrantedCaller[] {
    return [...this.granted.values()]
      .sort((a, b) => byLabel(a.caller, b.caller))
      .map(({ who, caller, elsewhere }) => ({ caller, elsewhere, isGateway: isGateway(who) }));
  }

  private grantTo(who: ICaller, caller: CallerConfig, elsewhere?: string): InvokeGrant {
    this.checkLabel(who, caller);
    const key = callerKey(caller);
    const before = this.granted.get(key);
    if (before) {
      if (elsewhere !== undefined && before.elsewhere === undefined) this.refuseLateAssignment(caller);
      return before.grant;
    }
    const grant = new InvokeGrant(elsewhere === undefined ? this.assign(caller) : undefined);
    const granted = { who, caller, grant, elsewhere };
    this.granted.set(key, granted);
    addToGroup(this.byLabel, caller.label, granted);
    callersGranted(this.scope).push(caller);
    return grant;
  }

  private checkedElsewhere(bound: CallerConfig, assignment: InvokeAssignmentManagedElsewhere): string {
    const { scope } = this;
    requireGiven(scope, assignment, {
      name: "assignment",
      has: ["_announce", "_reason"],
      example: 'InvokeAssignment.managedElsewhere("why"), or grantInvoke(caller) alone',
    });
    for (const { label } of identitiesOf(bound)) {
      assignment._announce(scope, `The app role of caller "${label}" is assigned elsewhere`);
    }
    return assignment._reason;
  }

  private refuseLateAssignment({ label }: CallerConfig): never {
    fail(
      this.scope,
      "assignment-after-grant",
      `Caller "${label}" is already granted access to "${this.scope.node.path}", so its assignment can no longer be managed elsewhere.`,
      "Call grantInvoke(caller, InvokeAssignment.managedElsewhere(reason)) before you create the SecureApimBackend that grants the " +
        "caller access.",
    );
  }

  /** Resolved at synth, so that it includes later callers. Sorted by label, so that the order of grants has no effect. */
  public get principalIds(): string[] {
    this.ids ??= Lazy.listValue({
      produce: () => [...callersGranted(this.scope)].sort(byLabel).map(({ principalId }) => principalId),
    });
    return [...this.ids];
  }

  private checkLabel(who: ICaller, caller: CallerConfig): void {
    const { label } = caller;
    const other = this.byLabel.get(label)?.find((before) => this.differ(before, { who, caller }))?.who;
    if (!other) return;
    if (Construct.isConstruct(other) && Construct.isConstruct(who))
      fail(
        this.scope,
        "gateway-label-taken",
        `Gateways "${other.node.path}" and "${who.node.path}" have the same label "${label}", but different identities.`,
        "Use one gateway object for both. If the service calls with several user-assigned identities, pass each of them: " +
          "GatewayIdentity.userAssigned(...), or clientId in ApimGateway.fromAttributes.",
      );
    callerLabelTaken(this.scope, label);
  }

  /** Whether two callers with one label may be different callers. */
  private differ(a: Omit<Granted, "grant">, b: Omit<Granted, "grant">): boolean {
    const [idA, idB] = [a, b].map(({ caller }) => identityOf(this.scope, caller.principalId)?.toLowerCase());
    if (idA === undefined || idB === undefined || idA === idB) return false;
    // Two data sources for one service have one identity, in two texts.
    return !(isSameGateway(a.who, b.who) && [idA, idB].every((id) => LOOKED_UP.test(id)));
  }

  private assign(caller: CallerConfig): AppRoleAssignment | undefined {
    if (!this.target) return undefined;
    const id = `Invoke-${caller.label}`;
    if (this.scope.node.tryFindChild(id.replace(/\//g, "--"))) callerLabelTaken(this.scope, caller.label);
    return new azuread.AppRoleAssignment(this.scope, id, {
      appRoleId: this.target.appRoleId,
      principalObjectId: caller.principalId,
      resourceObjectId: this.target.servicePrincipalObjectId,
    });
  }
}

/** Whether a caller is a gateway, which this room does not know. */
function isGateway(who: ICaller): boolean {
  return Construct.isConstruct(who) && "apimName" in who;
}

function isSameGateway(a: ICaller, b: ICaller): boolean {
  return Construct.isConstruct(a) && Construct.isConstruct(b) && areSame(a, b);
}

function callerLabelTaken(scope: Construct, label: string): never {
  fail(
    scope,
    "caller-label-taken",
    `Two different callers have the label "${label}".`,
    'Choose another label for one of them: Caller.servicePrincipal(objectId, "...").',
  );
}
