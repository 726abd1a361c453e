import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { fail } from "../core/fail";
import { requireLiteral } from "../core/literal";
import { requireAtPlan } from "../core/guard";
import { announce, givenReason } from "../core/reason";
import { requireGiven, requireText } from "../core/given";
import { asWritten } from "../core/terraform-template";
import { scopeConditions } from "./role-scope";
import { isPowerfulRole, powerfulRoleOf } from "./powerful-roles";
import { azurerm } from "../providers/azurerm";

/** The ID of a role: a GUID, perhaps at the end of an Azure resource ID. */
const ROLE_ID = /^(?:.*\/roleDefinitions\/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/i;

/**
 * An Azure role that a managed identity gets on an Azure service.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export class AzureRole {
  /** Call the models of an Azure OpenAI account. */
  public static readonly COGNITIVE_SERVICES_OPENAI_USER = new AzureRole("Cognitive Services OpenAI User");
  /** Read blobs. */
  public static readonly STORAGE_BLOB_DATA_READER = new AzureRole("Storage Blob Data Reader");
  /** Read, write and delete blobs and containers. */
  public static readonly STORAGE_BLOB_DATA_CONTRIBUTOR = new AzureRole("Storage Blob Data Contributor");
  /** Read the values of secrets. */
  public static readonly KEY_VAULT_SECRETS_USER = new AzureRole("Key Vault Secrets User");
  /** Encrypt, decrypt, wrap, sign and verify with keys. */
  public static readonly KEY_VAULT_CRYPTO_USER = new AzureRole("Key Vault Crypto User");
  /** Send to queues and topics. */
  public static readonly SERVICE_BUS_DATA_SENDER = new AzureRole("Azure Service Bus Data Sender");
  /** Receive from queues and subscriptions. */
  public static readonly SERVICE_BUS_DATA_RECEIVER = new AzureRole("Azure Service Bus Data Receiver");
  /** Send events. */
  public static readonly EVENT_HUBS_DATA_SENDER = new AzureRole("Azure Event Hubs Data Sender");
  /** Query indexes. */
  public static readonly SEARCH_INDEX_DATA_READER = new AzureRole("Search Index Data Reader");
  /** Query and fill indexes. */
  public static readonly SEARCH_INDEX_DATA_CONTRIBUTOR = new AzureRole("Search Index Data Contributor");

  /**
   * A built-in or custom role by its name. A role that manages Azure, gives access to others or reads keys is an error, and so is
   * one that is named like it (Contributor, Owner, Administrator, Operator, Manager), unless it is known to be for data only.
   *
   * @param roleName name of the role, for example `Storage Queue Data Message Sender`
   */
  public static of(roleName: string): AzureRole {
    return new AzureRole(
      requireText("AzureRole.of", "role name", roleName, 'AzureRole.of("Storage Blob Data Reader")'),
    );
  }

  /**
   * The role assignment is managed elsewhere: Azure rejects a second identical one. Until it exists, the service answers 401 or
   * 403.
   *
   * @param reason who assigns the role, and where this is documented; shown at synth
   */
  public static managedElsewhere(reason: string): AzureRole {
    return new AzureRole(undefined, givenReason(reason));
  }

  private constructor(
    private readonly roleName?: string,
    private readonly reason?: string,
  ) {}

  /**
   * The name of the role to assign; `undefined` if the assignment is managed elsewhere.
   *
   * @internal
   */
  public _bind(scope: Construct): string | undefined {
    const { roleName } = this;
    if (roleName === undefined) {
      announce(scope, "The Azure role assignment is managed elsewhere", "AzureRole.managedElsewhere", this.reason!);
      return undefined;
    }
    requireLiteral(scope, "The role name in AzureRole.of", roleName);
    if (roleName.trim() === "")
      fail(
        scope,
        "empty-role-name",
        `AzureRole.of("${roleName}") does not name a role.`,
        'Write the name that Azure shows: AzureRole.of("Storage Blob Data Reader").',
      );
    const roleId = ROLE_ID.exec(roleName.trim())?.[1];
    const powerful = roleId === undefined ? isPowerfulRole(roleName) && roleName : powerfulRoleOf(roleId);
    if (powerful)
      fail(
        scope,
        "management-role",
        `"${powerful}" is, or is named like, a role that manages Azure, gives access to others or reads keys. Calling a service needs ` +
          `none of this.`,
        "Write a role for the data that is read or written, such as AzureRole.STORAGE_BLOB_DATA_READER. If there is no such role, or " +
          'this is a role of yours, assign it elsewhere and write AzureRole.managedElsewhere("...") with the reason.',
      );
    if (roleId !== undefined)
      fail(
        scope,
        "role-id-as-name",
        `AzureRole.of("${roleName}") is the ID of a role.`,
        'Write the name that Azure shows: AzureRole.of("Storage Blob Data Reader").',
      );
    return roleName;
  }
}

/** The role, if it is one. */
export function checkedRole(scope: Construct, role: AzureRole): AzureRole {
  return requireGiven(scope, role, {
    name: "role",
    has: ["_bind", "roleName"],
    example: 'role: AzureRole.of("Storage Blob Data Reader"), or a constant of AzureRole',
  });
}

/** Assigns an Azure role to a managed identity. With the principal type, Azure does not look up an identity that is seconds old. */
export function assignRole(
  scope: Construct,
  id: string,
  role: { readonly name: string; readonly on: string; readonly to: string },
): RoleAssignment {
  const assignment = new azurerm.RoleAssignment(scope, id, {
    scope: role.on,
    ...asWritten({ roleDefinitionName: role.name }),
    principalId: role.to,
    principalType: "ServicePrincipal",
  });
  requireAtPlan(assignment, scopeConditions(scope, role.on));
  return assignment;
}
