import { TerraformProvider } from "cdktf";
import { StorageRole } from "./storage-role";

/** What all function apps that we make have in common, beside what they have in common with other apps. */
export interface FunctionsProps {
  /**
   * What stands before the routes of the functions: `extensions.http.routePrefix` of your `host.json`; empty for none.
   *
   * @default "api"
   */
  readonly routePrefix?: string;

  /**
   * Roles of the app on its own storage account, for triggers and bindings that keep their data there.
   *
   * @default - none beside `Storage Blob Data Owner`, which the host needs
   */
  readonly extraStorageRoles?: StorageRole[];

  /**
   * An aliased azurerm provider for the storage account, with `features: [{ storage: [{ dataPlaneAvailable: false }] }]` and
   * `storageUseAzuread: true`, where the stack's default provider cannot have these settings.
   *
   * @default - the stack's default azurerm provider
   */
  readonly storageProvider?: TerraformProvider;
}
