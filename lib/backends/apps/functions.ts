import { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { PropertyNames } from "../../core/property-names";
import { asWritten } from "../../core/terraform-template";
import { AppProps } from "./app-props";
import { AppSlot } from "./app-slot";
import { AppResource, AppServiceApp, AppServiceResources, IAppServiceBackend } from "./app-service-app";
import { assignStorageRoles, createFunctionStorage, StorageRole } from "./function-storage";
import { SiteNetwork } from "./network/network-rule";
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

  /**
   * Name of the storage account: 3 to 24 lowercase letters and digits, unique in all of Azure.
   *
   * @default - the construct id and ten characters that Terraform computes
   */
  readonly storageAccountName?: string;
}

export const FUNCTIONS_PROPS: PropertyNames<FunctionsProps> = {
  routePrefix: true,
  extraStorageRoles: true,
  storageProvider: true,
  storageAccountName: true,
};

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

/** A function app, on whatever plan, which reaches its storage account with its identity. */
export abstract class FunctionsApp<Created extends FunctionResources, Props extends AppProps & FunctionsProps>
  extends AppServiceApp<Created, Props>
  implements IFunctionAppBackend
{
  constructor(factory: string, props: Props, names: PropertyNames<Props>) {
    super(factory, props, names, "api");
  }

  public get storage(): StorageAccount {
    return this.read("storage");
  }

  public get storageRoles(): RoleAssignment[] {
    return this.read("storageRoles");
  }

  /** App settings: those that telemetry needs, overridden by those of the user, and these by those of a slot. */
  protected settingsOf(slot?: AppSlot): { [name: string]: string } {
    const { applicationInsights, appSettings } = this.props;
    return {
      ...(applicationInsights && IDENTITY_AUTHENTICATED_TELEMETRY),
      ...asWritten({ ...appSettings, ...slot?.appSettings }),
    };
  }

  protected createStorage(scope: Construct, defaultName: string): StorageAccount {
    return createFunctionStorage(scope, { ...this.props, defaultName });
  }

  protected createBesideFunctions(scope: Construct, app: AppResource, network: SiteNetwork, storage: StorageAccount) {
    const storageRoles = this.assignRoles(scope, app, storage);
    const beside = this.createBeside(scope, app, network);
    return { ...beside, storage, storageRoles, dependencies: [...storageRoles, ...beside.dependencies] };
  }

  /** The roles of an app or a slot on the storage account. */
  protected assignRoles(scope: Construct, site: AppResource, storage: StorageAccount): RoleAssignment[] {
    return assignStorageRoles(scope, this.props.extraStorageRoles ?? [], storage.id, site.identity.principalId);
  }
}
