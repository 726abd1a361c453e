import { Construct } from "constructs";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { AppResource, AppServiceApp, AppServiceResources, IAppServiceBackend } from "./app-service-app";
import { OsType } from "./app-service-plan";
import { createPlanSite } from "./site";
import { webAppTelemetry } from "./telemetry";
import { checkedRuntime } from "./app-runtime";
import { requireProps } from "../../core/given";

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

/** A web app on a dedicated plan. */
export class WebAppBackend<App extends AppResource> extends AppServiceApp<AppServiceResources & { readonly app: App }> {
  public static onLinux(props: WebAppProps): ILinuxWebAppBackend {
    return new WebAppBackend("Backend.webApp", "Linux", props, (scope, { siteConfig, ...config }) => {
      const applicationStack = checkedRuntime(scope, props.runtime)._stack(scope, "webApp");
      return new LinuxWebApp(scope, "Resource", { ...config, siteConfig: { ...siteConfig, applicationStack } });
    });
  }

  public static onWindows(props: WebAppProps): IWindowsWebAppBackend {
    return new WebAppBackend("Backend.windowsWebApp", "Windows", props, (scope, { siteConfig, ...config }) => {
      const applicationStack = checkedRuntime(scope, props.runtime)._stack(scope, "windowsWebApp");
      return new WindowsWebApp(scope, "Resource", { ...config, siteConfig: { ...siteConfig, applicationStack } });
    });
  }

  private constructor(
    factory: string,
    private readonly osType: OsType,
    private readonly props: WebAppProps,
    private readonly createApp: (scope: Construct, config: WebAppConfig) => App,
  ) {
    super(factory, props, requireProps(factory, props, `${factory}({ resourceGroup, runtime })`).routePrefix ?? "");
  }

  protected override create(
    scope: Construct,
    options: BackendBindOptions,
  ): AppServiceResources & { readonly app: App } {
    const { osType, props } = this;
    const kind = { osType, functions: false, maxNameLength: 60 };
    const site = createPlanSite(scope, options, props, kind);
    const app = this.createApp(scope, webAppConfig(site, props, osType));
    return { ...this.createBeside(scope, app, site.network), app, plan: site.plan };
  }
}

type WebAppConfig = ReturnType<typeof webAppConfig>;

function webAppConfig(
  { config, siteConfig }: ReturnType<typeof createPlanSite>,
  { applicationInsights, appSettings }: WebAppProps,
  osType: OsType,
) {
  return {
    ...config,
    appSettings: { ...(applicationInsights && webAppTelemetry(applicationInsights, osType)), ...appSettings },
    siteConfig,
  };
}
