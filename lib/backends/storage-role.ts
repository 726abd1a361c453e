/**
 * A role on a function app's own storage account that its triggers and bindings need, beside `Storage Blob Data Owner`,
 * which the host needs and always gets.
 *
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference#grant-permission-to-the-identity
 */
export class StorageRole {
  /** Queue triggers and bindings. */
  public static readonly QUEUE_DATA_CONTRIBUTOR = new StorageRole("Storage Queue Data Contributor");
  /** Table bindings, and the diagnostic events of the host. */
  public static readonly TABLE_DATA_CONTRIBUTOR = new StorageRole("Storage Table Data Contributor");
  /** Blob triggers, which keep their receipts in blobs and their work in queues. */
  public static readonly ACCOUNT_CONTRIBUTOR = new StorageRole("Storage Account Contributor");

  /** A built-in or custom role, by its name. */
  public static of(roleName: string): StorageRole {
    return new StorageRole(roleName);
  }

  private constructor(private readonly roleName: string) {}

  /** @internal */
  public get _roleName(): string {
    return this.roleName;
  }
}
