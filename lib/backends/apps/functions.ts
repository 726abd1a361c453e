import { TerraformProvider } from "cdktf";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { AppProps } from "./app-props";
import { AppServiceResources, IAppServiceBackend } from "./app-service-app";
import { StorageRole } from "./storage-role";
import { IDENTITY_AUTHENTICATED_TELEMETRY } from "./telemetry";

/** Properties that all created function apps share. */
export interface FunctionsProps {
  /**
   * Prefix of the functions' routes, `extensions.http.routePrefix` in your `host.json`; an empty string for none.
   *
   * @default "api"
   */
  readonly routePrefix?: string;

  /**
   * Additional roles of the app on its storage account, for triggers and bindings that keep their data there.
   *
   * @default - `Storage Blob Data Owner` only, which the host requires
   */
  readonly extraStorageRoles?: StorageRole[];

  /**
   * An aliased azurerm provider for the storage account, with `features: [{ storage: [{ dataPlaneAvailable: false }] }]` and
   * `storageUseAzuread: true`. Use it if the stack's default provider cannot have these settings.
   *
   * @default - the stack's default azurerm provider
   */
  readonly storageProvider?: TerraformProvider;
}

/** A function app that is created with its backend. */
export interface IFunctionAppBackend extends IAppServiceBackend {
  /** The storage account that is created for the app, to set anything else on it. */
  readonly storage: StorageAccount;

  /** The app's role assignments on its storage account. */
  readonly storageRoles: RoleAssignment[];
}

export interface FunctionResources extends AppServiceResources {
  readonly storage: StorageAccount;
  readonly storageRoles: RoleAssignment[];
}

/** App settings of a function app: those that its telemetry needs, overridden by those of the user. */
export function functionSettings(props: AppProps): { [name: string]: string } {
  return { ...(props.applicationInsights && IDENTITY_AUTHENTICATED_TELEMETRY), ...props.appSettings };
}
