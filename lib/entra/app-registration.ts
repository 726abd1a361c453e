import { isDeepStrictEqual } from "util";
import type { Application } from "@cdktf/provider-azuread/lib/application";
import type { ServicePrincipal } from "@cdktf/provider-azuread/lib/service-principal";
import { Construct } from "constructs";
import { readClientConfig } from "../azure/names";
import { suspendCreationStacks } from "../core/creation-stacks";
import { finding } from "../core/fail";
import { guard, ONCE, oneOf } from "../core/guard";
import { stableUuid } from "../core/names";
import { asWritten, escapeTemplates } from "../core/terraform-template";
import { checkedTexts } from "../core/text-limits";
import { REGISTRATION_TEXTS } from "./display-name";
import { checkAppRoleId, checkOwners } from "./entra-ids";
import { Grants } from "./grants";
import { InvokeAssignment, InvokeAssignmentManagedElsewhere } from "./invoke-assignment";
import { INVOKE_ROLE } from "./invoke-role";
import { AppRegistrationLookupProps, LookedUpRegistration } from "./looked-up-registration";
import { requireTenantOfProvider } from "./provider-tenant";
import { IAppRegistration, RegistrationBase } from "./registration";
import { AppRegistrationAttributes, RegistrationFromAttributes } from "./registration-from-attributes";
import { AppRegistrationRequestProps, RequestedRegistration } from "./request/requested-registration";
import { requireList } from "../core/given";
import { PropertyNames, requireConstructProps } from "../core/property-names";
import { azuread } from "../providers/azuread";

/** Properties of a new app registration. */
export interface AppRegistrationProps {
  /**
   * Name that Entra ID shows, 1 to 256 characters. It does not have to be unique.
   *
   * @default - the construct path, for example `production/OrdersRegistration`
   */
  readonly displayName?: string;

  /**
   * Object IDs of the users and service principals that own the registration and its service principal. A pipeline that has only
   * the permission `Application.ReadWrite.OwnedBy` must include its object ID.
   *
   * @default - none: azuread removes the deploying identity from the owners
   */
  readonly owners?: string[];

  /**
   * Id of the app role `Invoke`, a UUID. To keep the role when the construct moves in the tree, set the previous id.
   *
   * @default - a version 5 UUID of the construct path
   */
  readonly appRoleId?: string;

  /**
   * `InvokeAssignment.managedElsewhere(reason)` if this stack does not assign the app role.
   *
   * @default - this stack assigns it
   */
  readonly assignment?: InvokeAssignmentManagedElsewhere;
}

/** The names of its properties. */
const APP_REGISTRATION_PROPS: PropertyNames<AppRegistrationProps> = {
  appRoleId: true,
  assignment: true,
  displayName: true,
  owners: true,
};

/**
 * A new Entra app registration with a service principal, for a backend: version 2 tokens, one app role, assignment required, no
 * identifier URI, no secret and no certificate.
 *
 * @see https://learn.microsoft.com/entra/identity-platform/howto-restrict-your-app-to-a-set-of-users
 */
export class AppRegistration extends RegistrationBase {
  /**
   * An existing registration by its attributes. Terraform does not read it. With `InvokeAssignment.managedElsewhere`, nothing is
   * written to Entra ID, and the stack needs no azuread provider.
   */
  public static fromAttributes(scope: Construct, id: string, attributes: AppRegistrationAttributes): IAppRegistration {
    return new RegistrationFromAttributes(scope, id, attributes);
  }

  /**
   * An existing registration by its client ID. Terraform reads it and its service principal at plan, and checks that it issues version 2
   * tokens, requires assignment, is enabled and has the app role. A person needs no extra role to read it, unless the tenant restricts
   * that; a pipeline needs the Microsoft Graph permission `Application.Read.All`.
   *
   * @see https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/data-sources/application
   */
  public static fromLookup(scope: Construct, id: string, props: AppRegistrationLookupProps): IAppRegistration {
    return new LookedUpRegistration(scope, id, props);
  }

  /**
   * A registration that someone else creates, because the deploying identity may create nothing in Entra ID. Synth writes the request for
   * them beside the configuration of the stack, in `entra-requests`: a page, a script for the Azure CLI, and JSON for Microsoft Graph. The
   * command `entra request` prints it too. Terraform does not read the registration, and the stack needs no azuread provider.
   */
  public static fromRequest(scope: Construct, id: string, props: AppRegistrationRequestProps): IAppRegistration {
    return new RequestedRegistration(scope, id, props);
  }

  /** The created app registration. Use it to set anything that the properties do not cover. */
  public readonly application: Application;

  /** The created service principal. Use it to set anything that the properties do not cover. */
  public readonly servicePrincipal: ServicePrincipal;

  public readonly clientId: string;
  public readonly tenantId: string;
  /** @internal */
  protected readonly _grants: Grants;

  constructor(scope: Construct, id: string, props: AppRegistrationProps = {}) {
    super(scope, id);
    const resume = suspendCreationStacks(this);
    try {
      requireConstructProps(this, props, {
        names: APP_REGISTRATION_PROPS,
        example: `new AppRegistration(this, "${id}")`,
      });
      const appRoleId = props.appRoleId ?? stableUuid(this, INVOKE_ROLE.value);
      checkAppRoleId(this, appRoleId);
      checkOwners(this, requireList(this, "owners", props.owners ?? [], 'owners: ["<object ID>"]'));

      const { displayName } = props;
      checkedTexts(this, REGISTRATION_TEXTS, { displayName: displayName ?? this.node.path });

      const appRole = {
        id: appRoleId,
        ...INVOKE_ROLE,
        allowedMemberTypes: ["Application"],
        enabled: true,
      };
      this.application = new azuread.Application(this, "Resource", {
        ...(displayName === undefined ? { displayName: escapeTemplates(this.node.path) } : asWritten({ displayName })),
        signInAudience: "AzureADMyOrg",
        owners: props.owners,
        // Version 1 tokens, the default of azuread, have an issuer that App Service Authentication refuses here.
        api: { requestedAccessTokenVersion: 2 },
        appRole: [appRole],
      });
      this.servicePrincipal = new azuread.ServicePrincipal(this, "ServicePrincipal", {
        clientId: this.application.clientId,
        appRoleAssignmentRequired: true,
        owners: props.owners,
      });

      this.guardTokens(azuread.applicationAppRoleToTerraform(appRole));

      this.clientId = this.application.clientId;
      this.tenantId = readClientConfig(this).tenantId;
      requireTenantOfProvider(this.application, this.tenantId);
      this._grants = new Grants(
        this,
        props.assignment ?? InvokeAssignment.onServicePrincipal(this.servicePrincipal.objectId, appRoleId),
      );
    } finally {
      resume();
    }
  }

  /** Guards for whom Entra ID issues tokens, and which. More roles may be added. */
  private guardTokens(appRole: object): void {
    const { application, servicePrincipal } = this;
    const changed = (attributes: string): string =>
      finding(
        "registration-changed",
        `The app registration "${this.node.path}" was changed after it was created, so callers without the app role or with a secret ` +
          `could get tokens, or the app could refuse the tokens.`,
        `Remove what changes ${attributes} on it (a setter, addOverride, an aspect). To use a registration with other settings, write ` +
          `AppRegistration.fromAttributes(...).`,
      );
    guard(application, {
      attributes: {
        ...ONCE,
        sign_in_audience: "AzureADMyOrg",
        "api.requested_access_token_version": 2,
        password: undefined,
        "web.implicit_grant.access_token_issuance_enabled": oneOf(undefined, false),
        "web.implicit_grant.id_token_issuance_enabled": oneOf(undefined, false),
        identifier_uris: (uris: unknown) => uris === undefined || isDeepStrictEqual(uris, []),
        app_role: (roles: unknown) =>
          [roles].flat().some((role) => isDeepStrictEqual(unworded(role), unworded(appRole))),
      },
      changed,
    });
    guard(servicePrincipal, { attributes: { ...ONCE, app_role_assignment_required: true }, changed });
  }
}

/** An app role without the texts that Entra ID shows. */
function unworded(role: unknown): object {
  return { ...Object(role), display_name: undefined, description: undefined };
}
