import { DiagnosticSetting } from "../../azure/diagnostic-setting";
import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { IUserAssignedIdentityRef } from "../../azure/refs/user-assigned-identity";
import { ResourceLock } from "../../azure/resource-lock";
import { ResourceRoleAssignment } from "../../azure/resource-role-assignment";
import { PropertyNames } from "../../core/property-names";
import { IAppRegistration } from "../../entra/registration";

/**
 * What every app has, whoever created it.
 *
 * @internal
 */
export interface AppOptions {
  /**
   * The Entra app registration of the app. Callers get tokens for it.
   *
   * @default - a new registration
   */
  readonly registration?: IAppRegistration;

  /**
   * Name that Entra ID shows for the new registration; 1 to 120 characters. It does not have to be unique.
   *
   * @default - the stack and the construct id, for example `production/orders`
   */
  readonly registrationName?: string;
}

/**
 * What every created app has.
 *
 * @internal
 */
export interface CreatedAppProps extends AppOptions {
  /** Resource group of the app and of the resources that are created for it. */
  readonly resourceGroup: IResourceGroupRef;

  /**
   * User-assigned identities of the app, beside its system-assigned one, for the resources that it uses. They do not change who can
   * call the app.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/app-service/overview-managed-identity
   */
  readonly additionalIdentities?: IUserAssignedIdentityRef[];

  /**
   * Azure tags of the app and of everything that is created for it and can have tags: its plan, storage account, slots, environment and
   * private endpoint. To tag what several backends create, use `AzureTags.addTo`.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };

  /**
   * A lock on the app: nobody can delete it.
   *
   * @default - none
   */
  readonly lock?: ResourceLock;

  /**
   * Where Azure Monitor sends logs and metrics of the app.
   *
   * @default - nowhere
   */
  readonly diagnosticSettings?: DiagnosticSetting[];

  /**
   * Roles that someone gets on the app and its slots, such as a support team that reads its metrics. They do not let anyone call the app.
   *
   * @default - none
   */
  readonly roleAssignments?: ResourceRoleAssignment[];
}

export const APP_OPTIONS: PropertyNames<AppOptions> = { registration: true, registrationName: true };

export const CREATED_APP_PROPS: PropertyNames<CreatedAppProps> = {
  ...APP_OPTIONS,
  resourceGroup: true,
  additionalIdentities: true,
  tags: true,
  lock: true,
  diagnosticSettings: true,
  roleAssignments: true,
};
