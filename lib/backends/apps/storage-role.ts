/**
 * A role of a function app on its storage account that its triggers and bindings need, in addition to
 * `Storage Blob Data Owner`, which the host requires and every function app gets.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
 */
export class StorageRole {
  /** For queue triggers and bindings. */
  public static readonly QUEUE_DATA_CONTRIBUTOR = new StorageRole("Storage Queue Data Contributor");
  /** For table bindings, and for the diagnostic events of the host. */
  public static readonly TABLE_DATA_CONTRIBUTOR = new StorageRole("Storage Table Data Contributor");
  /** For blob triggers, which keep receipts in blobs and work items in queues. */
  public static readonly ACCOUNT_CONTRIBUTOR = new StorageRole("Storage Account Contributor");

  /**
   * A built-in or custom role.
   *
   * @param roleName name of the role, a plain string
   */
  public static of(roleName: string): StorageRole {
    return new StorageRole(roleName);
  }

  private constructor(private readonly roleName: string) {}

  /** @internal */
  public get _roleName(): string {
    return this.roleName;
  }
}
