import { Construct } from "constructs";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { AppRuntime } from "./app-runtime";
import { AppResource, AppServiceApp, AppServiceResources, IAppServiceBackend } from "./app-service-app";
import { AppServicePlan, BoundPlan } from "./app-service-plan";
import { AppNetwork } from "./network/app-network";
import { OsType } from "./plan-tier";
import { appName, PLAN_SITE, PLAN_SITE_CONFIG, WINDOWS_SITE_CONFIG } from "./site";
import { webAppTelemetry } from "./telemetry";

const MAX_NAME_LENGTH = 60;

/** Properties of a web app that is created. */
export interface WebAppProps extends PlanAppProps {
  /**
   * Path on the app to which API paths are appended.
   *
   * @default - the root
   */
  readonly routePrefix?: string;
}

/** A Linux web app that is created with its backend. */
export interface ILinuxWebAppBackend extends IAppServiceBackend {
  /** The app, to set anything else on it. */
  readonly app: LinuxWebApp;
}

/** A Windows web app that is created with its backend. */
export interface IWindowsWebAppBackend extends IAppServiceBackend {
  /** The app, to set anything else on it. */
  readonly app: WindowsWebApp;
}

/** An operating system, with the resource that azurerm has for web apps on it. */
interface WebOs<App> {
  readonly factory: string;
  readonly osType: OsType;
  readonly create: (scope: Construct, config: WebAppConfig, runtime: AppRuntime) => App;
}

const LINUX: WebOs<LinuxWebApp> = {
  factory: "Backend.webApp",
  osType: "Linux",
  create: (scope, { config, siteConfig }, runtime) =>
    new LinuxWebApp(scope, "Resource", {
      ...config,
      siteConfig: { ...siteConfig, applicationStack: runtime._stack(scope, "webApp") },
    }),
};

const WINDOWS: WebOs<WindowsWebApp> = {
  factory: "Backend.windowsWebApp",
  osType: "Windows",
  create: (scope, { config, siteConfig }, runtime) =>
    new WindowsWebApp(scope, "Resource", {
      ...config,
      siteConfig: {
        ...siteConfig,
        ...WINDOWS_SITE_CONFIG,
        applicationStack: runtime._stack(scope, "windowsWebApp"),
      },
    }),
};

/** A web app on a dedicated plan. */
export class WebAppBackend<App extends AppResource>
  extends AppServiceApp<AppServiceResources & { readonly app: App }>
  implements IAppServiceBackend
{
  public static onLinux(props: WebAppProps): ILinuxWebAppBackend {
    return new WebAppBackend(LINUX, props);
  }

  public static onWindows(props: WebAppProps): IWindowsWebAppBackend {
    return new WebAppBackend(WINDOWS, props);
  }

  private constructor(
    private readonly os: WebOs<App>,
    private readonly props: WebAppProps,
  ) {
    super(os.factory, props, props.routePrefix ?? "");
  }

  protected override create(
    scope: Construct,
    options: BackendBindOptions,
  ): AppServiceResources & { readonly app: App } {
    const { os, props } = this;
    const { defaultName } = options;
    const network = new AppNetwork(scope, props, options.gateway);
    const plan = (props.plan ?? AppServicePlan.dedicated("B1"))._bind(scope, defaultName, props.resourceGroup, {
      osType: os.osType,
      functions: false,
    });
    const name = appName(scope, props, defaultName, MAX_NAME_LENGTH);
    const app = os.create(scope, webAppConfig(props, network, { name, plan, osType: os.osType }), props.runtime);
    return { ...this.createBeside(scope, app, network), app, plan: plan.created };
  }
}

type WebAppConfig = ReturnType<typeof webAppConfig>;

/** The part of the configuration that is the same on Linux and on Windows. */
function webAppConfig(
  props: WebAppProps,
  network: AppNetwork,
  app: { readonly name: string; readonly plan: BoundPlan; readonly osType: OsType },
) {
  const insights = props.applicationInsights;
  return {
    config: {
      ...PLAN_SITE,
      ...network.site.config,
      name: app.name,
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      servicePlanId: app.plan.id,
      appSettings: { ...(insights && webAppTelemetry(insights, app.osType)), ...props.appSettings },
      tags: props.tags,
    },
    siteConfig: { ...PLAN_SITE_CONFIG, ...network.site.siteConfig, alwaysOn: app.plan.alwaysOn },
  };
}
