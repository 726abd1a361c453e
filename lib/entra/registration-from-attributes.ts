import { Construct } from "constructs";
import { readClientConfig } from "../azure/names";
import { suspendCreationStacks } from "../core/creation-stacks";
import { PropertyNames, requireOnly } from "../core/property-names";
import { noteInStack } from "../core/stack-notes";
import { checkClientId, checkTenantId } from "./entra-ids";
import { Grants } from "./grants";
import { InvokeAssignment } from "./invoke-assignment";
import { RegistrationBase, UNREAD_REGISTRATIONS } from "./registration";

/** An existing app registration by its attributes. */
export interface AppRegistrationAttributes {
  /**
   * Client ID (application ID). The registration must issue version 2 tokens (`requestedAccessTokenVersion` is 2), and its service
   * principal should require assignment.
   */
  readonly clientId: string;

  /**
   * Who assigns the app role: this stack (`InvokeAssignment.onServicePrincipal`), or someone else
   * (`InvokeAssignment.managedElsewhere`).
   */
  readonly assignment: InvokeAssignment;

  /**
   * The tenant of the registration: its GUID, or one of its domains. A managed identity can call only within its tenant.
   *
   * @default - the tenant that Terraform is signed in to
   */
  readonly tenantId?: string;
}

/** The names of its properties. */
const APP_REGISTRATION_ATTRIBUTES: PropertyNames<AppRegistrationAttributes> = {
  assignment: true,
  clientId: true,
  tenantId: true,
};

/** An existing registration, which Terraform does not read. */
export class RegistrationFromAttributes extends RegistrationBase {
  public readonly clientId: string;
  public readonly tenantId: string;
  /** @internal */
  protected readonly _grants: Grants;

  constructor(scope: Construct, id: string, attributes: AppRegistrationAttributes) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      const example = `AppRegistration.fromAttributes(this, "${id}", { clientId, assignment })`;
      const { clientId, tenantId, assignment } = requireOnly(this, "AppRegistration.fromAttributes", attributes, {
        names: APP_REGISTRATION_ATTRIBUTES,
        example,
      });
      checkClientId(this, clientId);
      if (tenantId !== undefined) checkTenantId(this, tenantId);
      this.clientId = clientId;
      this.tenantId = tenantId ?? readClientConfig(this).tenantId;
      this._grants = new Grants(this, assignment);
      noteInStack(this, UNREAD_REGISTRATIONS, () => ({ path: this.node.path, clientId }));
    } finally {
      resume();
    }
  }
}
