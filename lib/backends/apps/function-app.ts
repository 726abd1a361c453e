import { Construct } from "constructs";
import { LinuxFunctionApp, LinuxFunctionAppConfig } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { WindowsFunctionApp, WindowsFunctionAppConfig } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { AppResource } from "./app-service-app";
import { OsType } from "./app-service-plan";
import { FunctionResources, FunctionsApp, FunctionsProps, IFunctionAppBackend } from "./functions";
import { guardStorageUse } from "./function-storage";
import { createPlanSite } from "./site";

/** Properties of a function app that is created on an App Service plan. */
export interface FunctionAppProps extends PlanAppProps, FunctionsProps {}

/** A Linux function app that is created with its backend. */
export interface ILinuxFunctionAppBackend extends IFunctionAppBackend {
  /** The app, to set anything else on it. */
  readonly app: LinuxFunctionApp;
}

/** A Windows function app that is created with its backend. */
export interface IWindowsFunctionAppBackend extends IFunctionAppBackend {
  /** The app, to set anything else on it. */
  readonly app: WindowsFunctionApp;
}

/** A function app on a dedicated or elastic premium plan. */
export class FunctionAppBackend<App extends AppResource> extends FunctionsApp<
  FunctionResources & { readonly app: App },
  FunctionAppProps
> {
  constructor(
    private readonly kind: "functionApp" | "windowsFunctionApp",
    private readonly osType: OsType,
    private readonly App: new (
      scope: Construct,
      id: string,
      config: LinuxFunctionAppConfig & WindowsFunctionAppConfig,
    ) => App,
    props: FunctionAppProps,
  ) {
    super(`Backend.${kind}`, props);
  }

  /**
   * Omits `content_share_force_disabled`: an app that uses its identity on its storage has no share, and on elastic premium plans
   * azurerm would plan the change again and again.
   */
  protected override create(scope: Construct, options: BackendBindOptions): FunctionResources & { readonly app: App } {
    const { kind, osType, props } = this;
    const storage = this.createStorage(scope, options.defaultName);
    const { config, network, plan } = createPlanSite(scope, options, props, { kind, osType, functions: true });
    const app = new this.App(scope, "Resource", {
      ...config,
      storageAccountName: storage.name,
      storageUsesManagedIdentity: true,
      builtinLoggingEnabled: false,
      appSettings: this.settings,
      siteConfig: {
        ...config.siteConfig,
        applicationInsightsConnectionString: props.applicationInsights?.connectionString,
      },
    });
    guardStorageUse(app, { storage_account_name: storage.name, storage_uses_managed_identity: true });
    return { ...this.createBesideFunctions(scope, app, network, storage), app, plan };
  }
}
