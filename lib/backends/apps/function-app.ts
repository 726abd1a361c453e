import { Construct } from "constructs";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { AppRuntime } from "./app-runtime";
import { AppResource, AppServiceApp } from "./app-service-app";
import { AppServicePlan, BoundPlan } from "./app-service-plan";
import { assignStorageRoles, createFunctionStorage } from "./function-storage";
import { FunctionResources, functionSettings, FunctionsProps, IFunctionAppBackend } from "./functions";
import { AppNetwork } from "./network/app-network";
import { OsType } from "./plan-tier";
import { appName, HOST_ID_LENGTH, PLAN_SITE, PLAN_SITE_CONFIG, WINDOWS_SITE_CONFIG } from "./site";

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

/** An operating system, with the resource that azurerm has for function apps on it. */
interface FunctionOs<App> {
  readonly factory: string;
  readonly osType: OsType;
  readonly create: (scope: Construct, config: FunctionAppConfig, runtime: AppRuntime) => App;
}

const LINUX: FunctionOs<LinuxFunctionApp> = {
  factory: "Backend.functionApp",
  osType: "Linux",
  create: (scope, { config, siteConfig }, runtime) =>
    new LinuxFunctionApp(scope, "Resource", {
      ...config,
      siteConfig: { ...siteConfig, applicationStack: runtime._stack(scope, "functionApp") },
    }),
};

const WINDOWS: FunctionOs<WindowsFunctionApp> = {
  factory: "Backend.windowsFunctionApp",
  osType: "Windows",
  create: (scope, { config, siteConfig }, runtime) =>
    new WindowsFunctionApp(scope, "Resource", {
      ...config,
      siteConfig: {
        ...siteConfig,
        ...WINDOWS_SITE_CONFIG,
        applicationStack: runtime._stack(scope, "windowsFunctionApp"),
      },
    }),
};

/** A function app on a dedicated or elastic premium plan, which reaches its storage account with its identity. */
export class FunctionAppBackend<App extends AppResource>
  extends AppServiceApp<FunctionResources & { readonly app: App }>
  implements IFunctionAppBackend
{
  public static onLinux(props: FunctionAppProps): ILinuxFunctionAppBackend {
    return new FunctionAppBackend(LINUX, props);
  }

  public static onWindows(props: FunctionAppProps): IWindowsFunctionAppBackend {
    return new FunctionAppBackend(WINDOWS, props);
  }

  private constructor(
    private readonly os: FunctionOs<App>,
    private readonly props: FunctionAppProps,
  ) {
    super(os.factory, props, props.routePrefix ?? "api");
  }

  public get storage(): StorageAccount {
    return this.created.storage;
  }

  public get storageRoles(): RoleAssignment[] {
    return this.created.storageRoles;
  }

  protected override create(scope: Construct, options: BackendBindOptions): FunctionResources & { readonly app: App } {
    const { os, props } = this;
    const { defaultName } = options;
    const storage = createFunctionStorage(scope, defaultName, props.resourceGroup, props.storageProvider);
    const network = new AppNetwork(scope, props, options.gateway);
    const plan = (props.plan ?? AppServicePlan.dedicated("B1"))._bind(scope, defaultName, props.resourceGroup, {
      osType: os.osType,
      functions: true,
    });
    const config = functionAppConfig(props, network, {
      name: appName(scope, props, defaultName, HOST_ID_LENGTH),
      storageAccountName: storage.name,
      plan,
    });
    const app = os.create(scope, config, props.runtime);
    const { principalId } = app.identity;
    const storageRoles = assignStorageRoles(scope, props.extraStorageRoles ?? [], storage.id, principalId);
    const beside = this.createBeside(scope, app, network);
    return {
      ...beside,
      app,
      plan: plan.created,
      storage,
      storageRoles,
      dependencies: [...storageRoles, ...beside.dependencies],
    };
  }
}

type FunctionAppConfig = ReturnType<typeof functionAppConfig>;

/**
 * The part of the configuration that is the same on Linux and on Windows. It omits `content_share_force_disabled`: an app that
 * uses its identity on its storage has no share, and on elastic premium plans azurerm would plan the change again and again.
 */
function functionAppConfig(
  props: FunctionAppProps,
  network: AppNetwork,
  app: { readonly name: string; readonly storageAccountName: string; readonly plan: BoundPlan },
) {
  return {
    config: {
      ...PLAN_SITE,
      ...network.site.config,
      name: app.name,
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      servicePlanId: app.plan.id,
      storageAccountName: app.storageAccountName,
      storageUsesManagedIdentity: true,
      builtinLoggingEnabled: false,
      appSettings: functionSettings(props),
      tags: props.tags,
    },
    siteConfig: {
      ...PLAN_SITE_CONFIG,
      ...network.site.siteConfig,
      alwaysOn: app.plan.alwaysOn,
      applicationInsightsConnectionString: props.applicationInsights?.connectionString,
    },
  };
}
