import { Construct } from "constructs";
import type { LinuxWebApp, LinuxWebAppConfig } from "@cdktf/provider-azurerm/lib/linux-web-app";
import type { LinuxWebAppSlot, LinuxWebAppSlotConfig } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import type { WindowsWebApp, WindowsWebAppConfig } from "@cdktf/provider-azurerm/lib/windows-web-app";
import type { WindowsWebAppSlot, WindowsWebAppSlotConfig } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { asWritten } from "../../core/terraform-template";
import { BackendBindOptions } from "../backend";
import { PLAN_APP_PROPS, PlanAppProps } from "./app-props";
import { AppResource, AppServiceApp, AppServiceResources, IAppServiceBackend } from "./app-service-app";
import { OsType } from "./app-service-plan";
import { AppSlot } from "./app-slot";
import { createPlanSite } from "./plan-site";
import { onNetwork } from "./site";
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

  /** The created deployment slots, by name, to set anything else on them. */
  readonly slots: { [name: string]: LinuxWebAppSlot };
}

/** A Windows web app that is created with its backend. */
export interface IWindowsWebAppBackend extends IAppServiceBackend {
  /** The app, to set anything else on it. */
  readonly app: WindowsWebApp;

  /** The created deployment slots, by name, to set anything else on them. */
  readonly slots: { [name: string]: WindowsWebAppSlot };
}

interface WebAppResources<App extends AppResource, Slot extends AppResource> extends AppServiceResources {
  readonly app: App;
  readonly slots: { [name: string]: Slot };
}

/** A web app on a dedicated plan. */
export class WebAppBackend<App extends AppResource, Slot extends AppResource> extends AppServiceApp<
  WebAppResources<App, Slot>,
  WebAppProps
> {
  constructor(
    private readonly kind: "webApp" | "windowsWebApp",
    private readonly osType: OsType,
    private readonly appClass: () => new (
      scope: Construct,
      id: string,
      config: LinuxWebAppConfig & WindowsWebAppConfig,
    ) => App,
    private readonly slotClass: () => new (
      scope: Construct,
      id: string,
      config: LinuxWebAppSlotConfig & WindowsWebAppSlotConfig,
    ) => Slot,
    props: WebAppProps,
  ) {
    super(`Backend.${kind}`, props, { ...PLAN_APP_PROPS, routePrefix: true }, "");
  }

  public get slots(): { [name: string]: Slot } {
    return this.read("slots");
  }

  protected override create(scope: Construct, options: BackendBindOptions): WebAppResources<App, Slot> {
    const { kind, osType, props } = this;
    const site = createPlanSite(scope, options, props, { kind, osType, functions: false });
    const app = new (this.appClass())(scope, "Resource", { ...site.config, appSettings: this.settingsOf() });
    const slots = this.createSlots(scope, options, { ...site, app }, (home, slot, network) => ({
      site: new (this.slotClass())(home, "Resource", {
        ...onNetwork(site.ofSlots, network),
        name: slot.name,
        appServiceId: app.id,
        appSettings: this.settingsOf(slot),
      }),
      storageRoles: [],
    }));
    const { plan } = site;
    return { ...this.createBeside(scope, app, site.network), ...slots, app, plan: plan.created, boundPlan: plan };
  }

  /** App settings: those that telemetry needs, overridden by those of the user, and these by those of a slot. */
  private settingsOf(slot?: AppSlot): { [name: string]: string } {
    const { applicationInsights, appSettings } = this.props;
    return {
      ...(applicationInsights && webAppTelemetry(applicationInsights, this.osType)),
      ...asWritten({ ...appSettings, ...slot?.appSettings }),
    };
  }
}
