import { Construct } from "constructs";
import { LinuxWebApp, LinuxWebAppConfig } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsWebApp, WindowsWebAppConfig } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { asWritten } from "../../core/terraform-template";
import { BackendBindOptions } from "../backend";
import { PlanAppProps } from "./app-props";
import { AppResource, AppServiceApp, AppServiceResources, IAppServiceBackend } from "./app-service-app";
import { OsType } from "./app-service-plan";
import { createPlanSite } from "./site";
import { webAppTelemetry } from "./telemetry";

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
export class WebAppBackend<App extends AppResource> extends AppServiceApp<
  AppServiceResources & { readonly app: App },
  WebAppProps
> {
  constructor(
    private readonly kind: "webApp" | "windowsWebApp",
    private readonly osType: OsType,
    private readonly App: new (scope: Construct, id: string, config: LinuxWebAppConfig & WindowsWebAppConfig) => App,
    props: WebAppProps,
  ) {
    super(`Backend.${kind}`, props, "");
  }

  protected override create(
    scope: Construct,
    options: BackendBindOptions,
  ): AppServiceResources & { readonly app: App } {
    const { kind, osType, props } = this;
    const { applicationInsights, appSettings } = props;
    const site = createPlanSite(scope, options, props, { kind, osType, functions: false });
    const app = new this.App(scope, "Resource", {
      ...site.config,
      appSettings: {
        ...(applicationInsights && webAppTelemetry(applicationInsights, osType)),
        ...asWritten(appSettings ?? {}),
      },
    });
    return { ...this.createBeside(scope, app, site.network), app, plan: site.plan };
  }
}
