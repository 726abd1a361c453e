import { Construct } from "constructs";
import { Application } from "@cdktf/provider-azuread/lib/application";
import { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { clientConfig } from "../azure/client-config";
import { stableUuid } from "../core/names";
import { isToken } from "../core/tokens";
import { InvokeAssignment, InvokeAssignmentManagedElsewhere } from "./invoke-assignment";
import { GUID, invalidClientId } from "./audience-text";
import { Grants } from "./grants";
import { RegistrationBase } from "./registration-base";
import { IAppRegistration } from "./registration";
import { TerraformStack } from "cdktf";

const INVOKE = "Invoke";

/** Properties of a new app registration. */
export interface AppRegistrationProps {
  /**
   * Name shown in Entra ID. It need not be unique.
   *
   * @default - the construct path, for example `production/OrdersRegistration`
   */
  readonly displayName?: string;

  /**
   * Object ids of the users and service principals that own the registration and its service principal. A pipeline whose only
   * right is `Application.ReadWrite.OwnedBy` must name its own object id here.
   *
   * @default - nobody: azuread takes ownership away from whoever deploys
   */
  readonly owners?: string[];

  /**
   * Id of the app role `Invoke`, a UUID. Give the old one to keep the role when the construct moves in the tree.
   *
   * @default - a version 5 UUID of the construct path
   */
  readonly appRoleId?: string;

  /**
   * Says that somebody else assigns the app role: `InvokeAssignment.managedElsewhere(reason)`.
   *
   * @default - this stack assigns it
   */
  readonly assignment?: InvokeAssignmentManagedElsewhere;
}

/** An app registration that somebody else made. */
export interface AppRegistrationAttributes {
  /**
   * Client id (application id). The registration must issue version 2 tokens (`requestedAccessTokenVersion` is 2), and its
   * service principal should require assignment.
   */
  readonly clientId: string;

  /**
   * Who assigns the app role: this stack (`InvokeAssignment.onServicePrincipal`), or somebody else
   * (`InvokeAssignment.managedElsewhere`).
   */
  readonly assignment: InvokeAssignment;

  /**
   * The tenant that the registration lives in. A managed identity can call within its own tenant only.
   *
   * @default - the tenant that Terraform is signed in to
   */
  readonly tenantId?: string;
}

/**
 * The Entra app registration and service principal that stand for a backend: version 2 tokens, one app role, assignment
 * required, no identifier URI, no secret and no certificate.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/howto-restrict-your-app-to-a-set-of-users
 */
export class AppRegistration extends RegistrationBase {
  /**
   * A registration that somebody else made. With `InvokeAssignment.managedElsewhere` nothing at all is written to Entra ID,
   * and the stack needs no azuread provider.
   */
  public static fromAttributes(scope: Construct, id: string, props: AppRegistrationAttributes): IAppRegistration {
    return new ExistingAppRegistration(scope, id, props);
  }

  public readonly clientId: string;
  public readonly tokenResource: string;
  public readonly allowedAudiences: string[];
  public readonly tenantId: string;
  /** @internal */
  protected readonly _grants: Grants;

  constructor(scope: Construct, id: string, props: AppRegistrationProps = {}) {
    super(scope, id);
    const appRoleId = props.appRoleId ?? stableUuid(this, INVOKE);

    const application = new Application(this, "Resource", {
      displayName: props.displayName ?? this.node.path,
      signInAudience: "AzureADMyOrg",
      owners: props.owners,
      // Version 1 tokens, the default of azuread, carry an issuer that App Service Authentication refuses here.
      api: { requestedAccessTokenVersion: 2 },
      appRole: [
        {
          id: appRoleId,
          value: INVOKE,
          displayName: INVOKE,
          description: "May call the API.",
          allowedMemberTypes: ["Application"],
          enabled: true,
        },
      ],
    });
    const servicePrincipal = new ServicePrincipal(this, "ServicePrincipal", {
      clientId: application.clientId,
      appRoleAssignmentRequired: true,
      owners: props.owners,
    });

    this.clientId = application.clientId;
    this.tokenResource = application.clientId;
    this.allowedAudiences = [application.clientId];
    this.tenantId = clientConfig(this).tenantId;
    this._grants = new Grants(
      this,
      props.assignment ?? InvokeAssignment.onServicePrincipal(servicePrincipal.objectId, appRoleId),
    );
  }
}

class ExistingAppRegistration extends RegistrationBase {
  public readonly clientId: string;
  public readonly tokenResource: string;
  public readonly allowedAudiences: string[];
  public readonly tenantId: string;
  /** @internal */
  protected readonly _grants: Grants;

  constructor(scope: Construct, id: string, props: AppRegistrationAttributes) {
    super(scope, id);
    if (!isToken(props.clientId) && !GUID.test(props.clientId)) invalidClientId(this, props.clientId);
    this.clientId = props.clientId;
    this.tokenResource = props.clientId;
    this.allowedAudiences = [props.clientId];
    this.tenantId = props.tenantId ?? clientConfig(this).tenantId;
    this._grants = new Grants(this, props.assignment);
  }
}

/** The registration of an app for which the user named none; in Entra ID it is shown as `stack/name`. */
export function newRegistration(scope: Construct, name: string): IAppRegistration {
  const displayName = `${TerraformStack.of(scope).node.id}/${name}`;
  return new AppRegistration(scope, "Registration", { displayName });
}
