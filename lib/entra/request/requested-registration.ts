import { Lazy, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { readClientConfig } from "../../azure/names";
import { suspendCreationStacks } from "../../core/creation-stacks";
import { FilesForPeople } from "../../core/files-for-people";
import { requireList } from "../../core/given";
import { requireLiteral } from "../../core/literal";
import { checkName, stableUuid } from "../../core/names";
import { PropertyNames, requireOnly } from "../../core/property-names";
import { announce, checkReason, givenReason } from "../../core/reason";
import { noteInStack } from "../../core/stack-notes";
import { escapeTemplates } from "../../core/terraform-template";
import { expressionOf, identityOf, isToken } from "../../core/tokens";
import { DISPLAY_NAME } from "../display-name";
import { checkAppRoleId, checkClientId, checkObjectId, checkOwners, checkTenantId } from "../entra-ids";
import { GrantedCaller, Grants } from "../grants";
import { AssignmentTarget, InvokeAssignment } from "../invoke-assignment";
import { INVOKE_ROLE } from "../invoke-role";
import { RegistrationBase, UNREAD_REGISTRATIONS } from "../registration";
import { ENTRA_REQUESTS, EntraRequest, IdentityKind, RequestedAssignment } from "./entra-request";
import { requestFiles } from "./request-files";

/** Properties of an app registration that someone else creates. */
export interface AppRegistrationRequestProps {
  /** Why others create it, and where that is documented. Shown at synth, and in the request. */
  readonly reason: string;

  /**
   * Client ID (application ID) of the registration, as the others send it back: usually a Terraform variable. Terraform needs it to plan,
   * but synth does not.
   */
  readonly clientId: string;

  /**
   * Name that Entra ID is to show. It does not have to be unique.
   *
   * @default - the construct path, for example `production/OrdersRegistration`
   */
  readonly displayName?: string;

  /**
   * Object IDs of the users and service principals that are to own the registration.
   *
   * @default - the request asks for none
   */
  readonly owners?: string[];

  /**
   * Id of the app role `Invoke`, a UUID. To keep the role when the construct moves in the tree, set the previous id.
   *
   * @default - a version 5 UUID of the construct path
   */
  readonly appRoleId?: string;

  /**
   * Object ID of the service principal, as the others send it back. With it, this stack assigns the app role to the callers.
   *
   * @default - the request asks for the assignments too, and the stack writes nothing to Entra ID
   */
  readonly servicePrincipalObjectId?: string;

  /**
   * The tenant of the registration: its GUID, or one of its domains. A managed identity can call only within its tenant.
   *
   * @default - the tenant that Terraform is signed in to
   */
  readonly tenantId?: string;
}

/** The names of its properties. */
const APP_REGISTRATION_REQUEST_PROPS: PropertyNames<AppRegistrationRequestProps> = {
  reason: true,
  clientId: true,
  displayName: true,
  owners: true,
  appRoleId: true,
  servicePrincipalObjectId: true,
  tenantId: true,
};

/** Where the files of a request are, beside the configuration of the stack. */
const FOLDER = "entra-requests";

/**
 * A registration that someone else creates. Synth writes what they have to create, and Terraform reads nothing.
 *
 * @see docs/design/decisions.md#requests-are-data
 */
export class RequestedRegistration extends RegistrationBase {
  public readonly clientId: string;
  public readonly tenantId: string;
  /** @internal */
  protected readonly _grants: Grants;
  private readonly output?: TerraformOutput;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AppRegistrationRequestProps,
  ) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireOnly(this, "AppRegistration.fromRequest", props, {
        names: APP_REGISTRATION_REQUEST_PROPS,
        example: `AppRegistration.fromRequest(this, "${id}", { reason, clientId })`,
      });
      const before = `AppRegistration.fromRequest(this, "${id}", { clientId, reason: `;
      checkReason(this, "AppRegistration.fromRequest", props.reason, [before, " })"]);
      checkClientId(this, props.clientId);
      if (props.tenantId !== undefined) checkTenantId(this, props.tenantId);
      requireLiteral(this, "The displayName of a requested registration", this.displayName);
      checkName(this, DISPLAY_NAME, this.displayName);
      checkAppRoleId(this, requireLiteral(this, "The appRoleId of a requested registration", this.appRoleId));
      checkOwners(this, requireList(this, "owners", this.owners, 'owners: ["<object ID>"]'));
      this.owners.forEach((owner) => requireLiteral(this, "An owner of a requested registration", owner));

      this.clientId = props.clientId;
      this.tenantId = props.tenantId ?? readClientConfig(this).tenantId;
      const { servicePrincipalObjectId } = props;
      if (servicePrincipalObjectId === undefined) {
        this._grants = new Grants(this, new RequestedAssignments());
        this.output = this.outputOfCallers();
      } else {
        checkObjectId(this, servicePrincipalObjectId, "servicePrincipalObjectId");
        this._grants = new Grants(this, InvokeAssignment.onServicePrincipal(servicePrincipalObjectId, this.appRoleId));
      }

      const what = "The app registration is created elsewhere, and Terraform does not read it";
      announce(this, what, "AppRegistration.fromRequest", props.reason);
      noteInStack(this, ENTRA_REQUESTS, () => this.request());
      noteInStack(this, UNREAD_REGISTRATIONS, () => ({ path: this.node.path, clientId: props.clientId }));
      new FilesForPeople(this, "Request", FOLDER, () => requestFiles(this.request()));
    } finally {
      resume();
    }
  }

  private get displayName(): string {
    return this.props.displayName ?? this.node.path;
  }

  private get appRoleId(): string {
    return this.props.appRoleId ?? stableUuid(this, INVOKE_ROLE.value);
  }

  private get owners(): string[] {
    return this.props.owners ?? [];
  }

  /** What Terraform knows of the callers, for those who assign the role. */
  private outputOfCallers(): TerraformOutput {
    return new TerraformOutput(this, "Callers", {
      description: `Object IDs of the identities that need the app role of ${escapeTemplates(this.node.path)}`,
      value: Lazy.anyValue({
        produce: () =>
          Object.fromEntries(this.requested().map(({ caller }) => [escapeTemplates(caller.label), caller.principalId])),
      }),
    });
  }

  /** The callers to whom others assign the role because of this request. */
  private requested(): GrantedCaller[] {
    return this.output === undefined ? [] : this._grants.callers.filter(({ elsewhere }) => elsewhere === undefined);
  }

  private request(): EntraRequest {
    const { props } = this;
    const requested = this.requested();
    const labels = new Set(requested.map(({ caller }) => caller.label));
    const others = this._grants.callers.filter(({ caller }) => !labels.has(caller.label));
    return {
      format: 1,
      stack: TerraformStack.of(this).node.id,
      path: this.node.path,
      reason: givenReason(props.reason),
      displayName: this.displayName,
      appRole: { id: this.appRoleId, ...INVOKE_ROLE },
      owners: this.owners,
      tenantId: literalOf(this, props.tenantId),
      clientId: literalOf(this, props.clientId),
      clientIdVariable: variableOf(this, props.clientId),
      servicePrincipalVariable: variableOf(this, props.servicePrincipalObjectId),
      output: this.output?.friendlyUniqueId,
      assignments: requested.map((granted) => assignmentTo(this, granted)),
      otherAssignments: others.map(({ caller: { label }, elsewhere }) => ({ label, reason: elsewhere })),
    };
  }
}

/** Others assign the role: the request says so. */
class RequestedAssignments extends InvokeAssignment {
  constructor() {
    super();
  }

  /** @internal */
  public override _bind(): AssignmentTarget | undefined {
    return undefined;
  }
}

function literalOf(scope: Construct, value: string | undefined): string | undefined {
  const known = value === undefined ? undefined : expressionOf(scope, value);
  return known === undefined || isToken(known) ? undefined : known;
}

/** The name of the variable that a value is. */
function variableOf(scope: Construct, value: string | undefined): string | undefined {
  const expression = value === undefined ? undefined : expressionOf(scope, value);
  return /^\$\{var\.([\w-]+)\}$/.exec(expression ?? "")?.[1];
}

function assignmentTo(scope: Construct, granted: GrantedCaller): RequestedAssignment {
  const { label, principalId } = granted.caller;
  return { label, kind: kindOf(scope, granted), objectId: literalOf(scope, principalId) };
}

/** What kind of an identity it is, as far as the expression of its object ID says it, which can be of another stack. */
function kindOf(scope: Construct, { caller: { principalId }, isGateway }: GrantedCaller): IdentityKind {
  const expression = identityOf(scope, principalId) ?? "";
  if (/\bazurerm_api_management\./.test(expression)) return "gateway";
  if (isGateway) return "gateway-identity";
  return /\bazurerm_user_assigned_identity\./.test(expression) ? "user-assigned" : "other";
}
