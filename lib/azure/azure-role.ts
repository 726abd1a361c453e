import { requireLiteral } from "../core/literal";
import { Construct } from "constructs";
import { announce } from "../core/reason";
import { fail } from "../core/fail";

/** Roles with which the gateway could act on Azure itself, whatever the backend is. */
const MANAGEMENT_ROLES = new Set([
  "owner",
  "contributor",
  "user access administrator",
  "role based access control administrator",
]);

/**
 * The Azure role with which the gateway's identity is let in to an Azure service.
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
   * A built-in or custom role, by its name. Roles for managing all of Azure, such as `Contributor`, are refused.
   *
   * @param roleName its name, for example `Storage Queue Data Message Sender`
   */
  public static of(roleName: string): AzureRole {
    return new AzureRole(roleName);
  }

  /**
   * Somebody else assigns the role, or has done so: Azure refuses a second identical assignment. Until they have, the service
   * answers 401 or 403.
   *
   * @param reason who does it, and where that is written down; shown at synthesis
   */
  public static managedElsewhere(reason: string): AzureRole {
    return new AzureRole(undefined, reason);
  }

  private constructor(
    private readonly roleName?: string,
    private readonly reason?: string,
  ) {}

  /**
   * The name of the role to assign; none, if somebody else does it.
   *
   * @internal
   */
  public _bind(scope: Construct): string | undefined {
    const { roleName } = this;
    if (roleName === undefined) {
      announce(scope, "The Azure role is assigned by somebody else", "AzureRole.managedElsewhere", this.reason ?? "");
      return undefined;
    }
    requireLiteral(scope, "the name given to AzureRole.of", roleName);
    if (roleName.trim() === "")
      fail(
        scope,
        "empty-role-name",
        `AzureRole.of("") names no role. Write its name as Azure shows it: AzureRole.of("Storage Blob Data Reader").`,
      );
    if (MANAGEMENT_ROLES.has(roleName.trim().toLowerCase()))
      fail(
        scope,
        "management-role",
        `The role "${roleName}" lets the gateway manage Azure, which calling a backend does not take. Write the role for the data that ` +
          `it reads or writes, for example AzureRole.STORAGE_BLOB_DATA_READER.`,
      );
    return roleName;
  }
}
