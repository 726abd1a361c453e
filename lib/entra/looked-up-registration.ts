import { Postcondition } from "cdktf";
import { Construct } from "constructs";
import { suspendCreationStacks } from "../core/creation-stacks";
import { conditionMessage } from "../core/fail";
import { guardLifecycle } from "../core/guard";
import { requireLiteral } from "../core/literal";
import { checkName } from "../core/names";
import { PropertyNames, requireOnly } from "../core/property-names";
import { checkClientId } from "./entra-ids";
import { Grants } from "./grants";
import { InvokeAssignment } from "./invoke-assignment";
import { INVOKE_ROLE } from "./invoke-role";
import { RegistrationBase } from "./registration";
import { azuread } from "../providers/azuread";

/** Where an existing app registration is found. */
export interface AppRegistrationLookupProps {
  /** Client ID (application ID) of the registration. */
  readonly clientId: string;

  /**
   * Value of the app role that this stack assigns to callers. Terraform checks at plan that the registration has it.
   *
   * @default "Invoke"
   */
  readonly appRole?: string;

  /**
   * Who assigns an app role instead: `InvokeAssignment.managedElsewhere(reason)`, or `InvokeAssignment.onServicePrincipal(...)` for
   * default access to a registration that declares no role.
   *
   * @default - this stack assigns `appRole`
   */
  readonly assignment?: InvokeAssignment;
}

/** The names of its properties. */
const APP_REGISTRATION_LOOKUP_PROPS: PropertyNames<AppRegistrationLookupProps> = {
  clientId: true,
  appRole: true,
  assignment: true,
};

/** The value of an app role. It stands in a condition of Terraform, so it is stricter than what Entra ID accepts. */
const APP_ROLE = {
  what: "value of an app role",
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.:/-]{0,119}$/,
  allowed: "1 to 120 letters, digits, _ . : / and hyphens, with a letter, a digit or _ first",
};

/** An existing registration: Terraform reads it at plan, and checks there that it is closed. */
export class LookedUpRegistration extends RegistrationBase {
  public readonly clientId: string;
  public readonly tenantId: string;
  /** @internal */
  protected readonly _grants: Grants;

  constructor(scope: Construct, id: string, props: AppRegistrationLookupProps) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      const { clientId, assignment, appRole } = requireOnly(this, "AppRegistration.fromLookup", props, {
        names: APP_REGISTRATION_LOOKUP_PROPS,
        example: `AppRegistration.fromLookup(this, "${id}", { clientId })`,
      });
      checkClientId(this, clientId);
      const role =
        appRole === undefined && assignment !== undefined ? undefined : checkedRole(this, appRole ?? INVOKE_ROLE.value);

      const application = new azuread.DataAzureadApplication(this, "Resource", {
        clientId,
        lifecycle: { postcondition: [HAS_VERSION_2_TOKENS] },
      });
      const servicePrincipal = new azuread.DataAzureadServicePrincipal(this, "ServicePrincipal", {
        clientId: application.clientId,
        lifecycle: { postcondition: [IS_ENABLED, REQUIRES_ASSIGNMENT, ...(role === undefined ? [] : [hasRole(role)])] },
      });
      for (const data of [application, servicePrincipal]) guardLifecycle(data);

      // From what is read: what uses them waits for the checks.
      this.clientId = application.clientId;
      this.tenantId = servicePrincipal.applicationTenantId;
      this._grants = new Grants(
        this,
        assignment ??
          InvokeAssignment.onServicePrincipal(servicePrincipal.objectId, servicePrincipal.appRoleIds.lookup(role!)),
      );
    } finally {
      resume();
    }
  }
}

function checkedRole(scope: Construct, role: string): string {
  return checkName(scope, APP_ROLE, requireLiteral(scope, "The appRole", role));
}

const HAS_VERSION_2_TOKENS: Postcondition = {
  condition: "${try(self.api[0].requested_access_token_version == 2, false)}",
  errorMessage: conditionMessage(
    "registration-with-version-1-tokens",
    'The app registration "${self.display_name}" issues version 1 tokens. The app would refuse them, because their issuer is another one.',
    'Set "requestedAccessTokenVersion" to 2 in the manifest of the registration (portal: App registrations > Manage > Manifest).',
  ),
};

const REQUIRES_ASSIGNMENT: Postcondition = {
  condition: "${self.app_role_assignment_required}",
  errorMessage: conditionMessage(
    "registration-without-required-assignment",
    'The service principal "${self.display_name}" does not require assignment, so every identity of the tenant can get tokens for the app.',
    'Set "Assignment required?" to Yes (portal: Enterprise applications > Manage > Properties). If that is not possible, write ' +
      "AppRegistration.fromAttributes(...), which reads nothing: then only the allow-list of the app stops others.",
  ),
};

const IS_ENABLED: Postcondition = {
  condition: "${self.account_enabled}",
  errorMessage: conditionMessage(
    "registration-disabled",
    'The service principal "${self.display_name}" is disabled, so Entra ID issues no token for the app.',
    'Set "Enabled for users to sign-in?" to Yes (portal: Enterprise applications > Manage > Properties).',
  ),
};

function hasRole(role: string): Postcondition {
  return {
    condition: `\${try(anytrue([for role in self.app_roles : role.enabled && role.value == "${role}" && contains(role.allowed_member_types, "Application")]), false)}`,
    errorMessage: conditionMessage(
      "registration-without-app-role",
      `The app registration "\${self.display_name}" has no enabled app role with the value "${role}" that applications can have.`,
      "Add the role with the allowed member type Applications (portal: App registrations > Manage > App roles), or write the value of " +
        "another role in appRole, or InvokeAssignment.managedElsewhere(reason) in assignment.",
    ),
  };
}
