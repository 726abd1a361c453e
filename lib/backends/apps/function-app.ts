import { Construct } from "constructs";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { AppResource } from "./app-service-app";
import { OsType } from "./app-service-plan";
import { FunctionResources, FunctionsApp, FunctionsProps, IFunctionAppBackend } from "./functions";
import { createPlanSite, HOST_ID_LENGTH } from "./site";
import { checkedRuntime } from "./app-runtime";

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
  FunctionResources & { readonly app: App }
> {
  public static onLinux(props: FunctionAppProps): ILinuxFunctionAppBackend {
    return new FunctionAppBackend("Backend.functionApp", "Linux", props, (scope, { siteConfig, ...config }) => {
      const applicationStack = checkedRuntime(scope, props.runtime)._stack(scope, "functionApp");
      return new LinuxFunctionApp(scope, "Resource", { ...config, siteConfig: { ...siteConfig, applicationStack } });
    });
  }

  public static onWindows(props: FunctionAppProps): IWindowsFunctionAppBackend {
    return new FunctionAppBackend(
      "Backend.windowsFunctionApp",
      "Windows",
      props,
      (scope, { siteConfig, ...config }) => {
        const applicationStack = checkedRuntime(scope, props.runtime)._stack(scope, "windowsFunctionApp");
        return new WindowsFunctionApp(scope, "Resource", {
          ...config,
          siteConfig: { ...siteConfig, applicationStack },
        });
      },
    );
  }

  private constructor(
    factory: string,
    private readonly osType: OsType,
    private readonly props: FunctionAppProps,
    private readonly createApp: (scope: Construct, config: FunctionAppConfig) => App,
  ) {
    super(factory, props);
  }

  protected override create(scope: Construct, options: BackendBindOptions): FunctionResources & { readonly app: App } {
    const { osType, props } = this;
    const storage = this.createStorage(scope, options.defaultName);
    const kind = { osType, functions: true, maxNameLength: HOST_ID_LENGTH };
    const site = createPlanSite(scope, options, props, kind);
    const app = this.createApp(scope, functionAppConfig(site, storage, this.settings, props));
    return { ...this.createBesideFunctions(scope, app, site.network, storage), app, plan: site.plan };
  }
}

type FunctionAppConfig = ReturnType<typeof functionAppConfig>;

/**
 * The configuration that is the same on Linux and on Windows. It omits `content_share_force_disabled`: an app that uses its
 * identity on its storage has no share, and on elastic premium plans azurerm would plan the change again and again.
 */
function functionAppConfig(
  { config, siteConfig }: ReturnType<typeof createPlanSite>,
  storage: StorageAccount,
  appSettings: { [name: string]: string },
  props: FunctionAppProps,
) {
  return {
    ...config,
    storageAccountName: storage.name,
    storageUsesManagedIdentity: true,
    builtinLoggingEnabled: false,
    appSettings,
    siteConfig: { ...siteConfig, applicationInsightsConnectionString: props.applicationInsights?.connectionString },
  };
}
