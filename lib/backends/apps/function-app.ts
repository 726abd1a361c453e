import { Construct } from "constructs";
import type { LinuxFunctionApp, LinuxFunctionAppConfig } from "@cdktf/provider-azurerm/lib/linux-function-app";
import type {
  LinuxFunctionAppSlot,
  LinuxFunctionAppSlotConfig,
} from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import type { WindowsFunctionApp, WindowsFunctionAppConfig } from "@cdktf/provider-azurerm/lib/windows-function-app";
import type {
  WindowsFunctionAppSlot,
  WindowsFunctionAppSlotConfig,
} from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { BackendBindOptions } from "../backend";
import { PLAN_APP_PROPS, PlanAppProps } from "./app-props";
import { AppResource } from "./app-service-app";
import { OsType } from "./app-service-plan";
import { FUNCTIONS_PROPS, FunctionResources, FunctionsApp, FunctionsProps, IFunctionAppBackend } from "./functions";
import { guardStorageUse, requireStorageByName } from "./function-storage";
import { createPlanSite } from "./plan-site";
import { onNetwork } from "./site";

/** Properties of a function app that is created on an App Service plan. */
export interface FunctionAppProps extends PlanAppProps, FunctionsProps {}

/** A Linux function app that is created with its backend. */
export interface ILinuxFunctionAppBackend extends IFunctionAppBackend {
  /** The app, to set anything else on it. */
  readonly app: LinuxFunctionApp;

  /** The created deployment slots, by name, to set anything else on them. */
  readonly slots: { [name: string]: LinuxFunctionAppSlot };
}

/** A Windows function app that is created with its backend. */
export interface IWindowsFunctionAppBackend extends IFunctionAppBackend {
  /** The app, to set anything else on it. */
  readonly app: WindowsFunctionApp;

  /** The created deployment slots, by name, to set anything else on them. */
  readonly slots: { [name: string]: WindowsFunctionAppSlot };
}

interface PlanFunctionResources<App extends AppResource, Slot extends AppResource> extends FunctionResources {
  readonly app: App;
  readonly slots: { [name: string]: Slot };
}

/** A function app on a dedicated or elastic premium plan. */
export class FunctionAppBackend<App extends AppResource, Slot extends AppResource> extends FunctionsApp<
  PlanFunctionResources<App, Slot>,
  FunctionAppProps
> {
  constructor(
    private readonly kind: "functionApp" | "windowsFunctionApp",
    private readonly osType: OsType,
    private readonly appClass: () => new (
      scope: Construct,
      id: string,
      config: LinuxFunctionAppConfig & WindowsFunctionAppConfig,
    ) => App,
    private readonly slotClass: () => new (
      scope: Construct,
      id: string,
      config: LinuxFunctionAppSlotConfig & WindowsFunctionAppSlotConfig,
    ) => Slot,
    props: FunctionAppProps,
  ) {
    super(`Backend.${kind}`, props, { ...PLAN_APP_PROPS, ...FUNCTIONS_PROPS });
  }

  public get slots(): { [name: string]: Slot } {
    return this.read("slots");
  }

  /**
   * Omits `content_share_force_disabled`: an app that uses its identity on its storage has no share, and on elastic premium plans
   * azurerm would plan the change again and again.
   */
  protected override create(scope: Construct, options: BackendBindOptions): PlanFunctionResources<App, Slot> {
    const { kind, osType, props } = this;
    requireStorageByName(scope);
    const storage = this.createStorage(scope, options.defaultName);
    const site = createPlanSite(scope, options, props, { kind, osType, functions: true });
    const { config, network, plan, ofSlots } = site;
    const used = { storage_account_name: storage.name, storage_uses_managed_identity: true };
    const functions = {
      storageAccountName: storage.name,
      storageUsesManagedIdentity: true,
      builtinLoggingEnabled: false,
    };
    const telemetry = { applicationInsightsConnectionString: props.applicationInsights?.connectionString };
    const app = new (this.appClass())(scope, "Resource", {
      ...config,
      ...functions,
      appSettings: this.settingsOf(),
      siteConfig: { ...config.siteConfig, ...telemetry },
    });
    guardStorageUse(app, used);
    const slots = this.createSlots(scope, options, { ...site, app }, (home, slot, ofSlot) => {
      const settings = onNetwork(ofSlots, ofSlot);
      const created = new (this.slotClass())(home, "Resource", {
        ...settings,
        ...functions,
        name: slot.name,
        functionAppId: app.id,
        appSettings: this.settingsOf(slot),
        siteConfig: { ...settings.siteConfig, ...telemetry },
      });
      guardStorageUse(created, used);
      return { site: created, storageRoles: this.assignRoles(home, created, storage) };
    });
    const beside = this.createBesideFunctions(scope, app, network, storage);
    const rolesOfSlots = Object.values(slots.slotResources).flatMap(({ storageRoles }) => storageRoles);
    const dependencies = [...beside.dependencies, ...rolesOfSlots];
    return { ...beside, ...slots, dependencies, app, plan: plan.created, boundPlan: plan };
  }
}
