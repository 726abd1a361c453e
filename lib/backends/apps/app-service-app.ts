import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { DOORS, OpenSettings } from "../../azure/user-resource";
import { createDiagnosticSettings } from "../../azure/diagnostic-setting";
import { registrationOf } from "../../entra/registration-of";
import { BackendBindOptions, BackendConfig } from "../backend";
import { createAccessLog } from "./access-log";
import { fail } from "../../core/fail";
import { PropertyNames } from "../../core/property-names";
import { checkAppSettings } from "./app-settings";
import { AppProps } from "./app-props";
import { checkedRuntime } from "./app-runtime";
import { AppServicePlan, BoundPlan } from "./app-service-plan";
import { AppSlot, AppSlotResources } from "./app-slot";
import { guardRegistry } from "./container-image";
import { CreatedApp, CreatedResource, CreatedResources, IAppBackend } from "./created-app";
import { lockNetwork, siteNetwork } from "./network/network-access";
import { SiteNetwork } from "./network/network-rule";
import { LockableApp, lockApp } from "./sign-in/lock-app";
import { guardTransport } from "./site";
import { assignTelemetryRole } from "./telemetry";
import { checkedInsights } from "../../azure/refs/application-insights";
import { warnOfUnknownSticky } from "./sticky-settings";

/** An App Service or Functions app that is created with its backend. */
export interface IAppServiceBackend extends IAppBackend {
  /** The plan that is created for the app, to set anything else on it; undefined if you passed an existing plan. */
  readonly plan?: ServicePlan | undefined;

  /**
   * The plan of the app for other apps with the same operating system: `plan: ordersApp.sharedPlan`. It exists once the backend was passed to a
   * `SecureApimBackend`. Apps on Flex Consumption share no plan: reading it there is an error.
   */
  readonly sharedPlan: AppServicePlan;

  /** The role assignment with which the app sends telemetry; undefined without `applicationInsights`. */
  readonly telemetryRole?: RoleAssignment | undefined;

  /** Where the access logs of the app go, to set anything else on it; undefined without `accessLogs`. */
  readonly accessLog?: MonitorDiagnosticSetting | undefined;

  /** The private endpoint of the app; undefined without `NetworkAccess.privateEndpoint`. */
  readonly privateEndpoint?: PrivateEndpoint | undefined;

  /** What is created for each deployment slot besides the slot, by the name of the slot. */
  readonly slotResources: { [slot: string]: AppSlotResources };
}

type SiteProps = AppProps & { readonly routePrefix?: string };

/** A created App Service app as azurerm has it. */
export interface AppResource extends LockableApp, CreatedResource {}

export interface AppServiceResources extends CreatedResources {
  readonly app: AppResource;
  readonly plan?: ServicePlan;
  readonly boundPlan?: BoundPlan;
  readonly slots?: { [name: string]: AppResource };
  readonly slotResources?: { [name: string]: AppSlotResources };
  readonly telemetryRole?: RoleAssignment;
  readonly privateEndpoint?: PrivateEndpoint;
  /** What must exist before the app can answer. */
  readonly dependencies: readonly ITerraformDependable[];
}

/** An App Service app, whatever it runs. */
export abstract class AppServiceApp<Created extends AppServiceResources, Props extends SiteProps>
  extends CreatedApp<Created, Props>
  implements IAppServiceBackend
{
  /** What an app of this kind would leave open. */
  protected readonly doors: OpenSettings = DOORS;

  constructor(
    factory: string,
    props: Props,
    names: PropertyNames<Props>,
    private readonly defaultRoutePrefix: string,
  ) {
    super(factory, props, "resourceGroup, runtime", names);
  }

  public get plan(): ServicePlan | undefined {
    return this.read("plan");
  }

  public get sharedPlan(): AppServicePlan {
    const plan = this.read("boundPlan", "sharedPlan");
    if (plan === undefined)
      fail(
        this.factory,
        "plan-not-shared",
        "sharedPlan was read, but apps on Flex Consumption share no plan.",
        "Omit plan: each Backend.flexFunctionApp(...) creates a plan, and you pay only for executions.",
      );
    return plan.shared;
  }

  public get slotResources(): { [slot: string]: AppSlotResources } {
    return this.read("slotResources") ?? {};
  }

  public get telemetryRole(): RoleAssignment | undefined {
    return this.read("telemetryRole");
  }

  public get accessLog(): MonitorDiagnosticSetting | undefined {
    return this.read("accessLog");
  }

  public get privateEndpoint(): PrivateEndpoint | undefined {
    return this.read("privateEndpoint");
  }

  /** What is created for an app or a slot, and what guards it. */
  protected createBeside(scope: Construct, site: AppResource, network: SiteNetwork, ofSlot?: SlotOfApp) {
    const { applicationInsights: insights, accessLogs, accessLogName, appSettings, resourceGroup, tags } = this.props;
    const { _isContainer, _registry } = checkedRuntime(scope, this.props.runtime);
    guardTransport(site, this.doors);
    if (_isContainer) guardRegistry(site, _registry);
    checkAppSettings(scope, "appSettings", ofSlot ? ofSlot.slot.appSettings : appSettings);
    const target = { scope, app: ofSlot?.app ?? site, slot: ofSlot?.slot.name, resourceGroup, tags };
    const privateEndpoint = lockNetwork(site, network, target);
    return {
      telemetryRole:
        insights && assignTelemetryRole(scope, checkedInsights(scope, insights), site.identity.principalId),
      accessLog: accessLogs && createAccessLog(scope, site, accessLogs, accessLogName),
      privateEndpoint,
      dependencies: privateEndpoint ? [privateEndpoint] : [],
    };
  }

  /**
   * Creates the slots of an app, each closed like the app.
   *
   * @param create makes a slot with its network, and returns it with its roles on a storage account
   */
  protected createSlots<Slot extends AppResource>(
    scope: Construct,
    { gateway }: BackendBindOptions,
    { app, network: ofApp, slots, sticky }: SlottedApp,
    create: (scope: Construct, slot: AppSlot, network: SiteNetwork) => CreatedSlot<Slot>,
  ) {
    const made = slots.map((slot) => {
      const home = new Construct(scope, `Slot-${slot.name}`);
      const { networkAccess } = slot;
      const network =
        networkAccess === undefined ? ofApp : siteNetwork(home, { ...this.props, networkAccess }, gateway);
      const { site, storageRoles } = create(home, slot, network);
      const { telemetryRole, accessLog, privateEndpoint } = this.createBeside(home, site, network, { app, slot });
      const otherName = accessLog?.nameInput;
      const diagnosticSettings = createDiagnosticSettings(home, this.props.diagnosticSettings ?? [], site.id, {
        otherName,
      });
      const resources = { storageRoles, telemetryRole, accessLog, privateEndpoint, diagnosticSettings };
      return { name: slot.name, site, resources };
    });
    warnOfUnknownSticky(scope, sticky, [app, ...made.map(({ site }) => site)]);
    return {
      slots: Object.fromEntries(made.map(({ name, site }) => [name, site])),
      slotResources: Object.fromEntries(made.map(({ name, resources }) => [name, resources])),
    };
  }

  protected override lock(scope: Construct, options: BackendBindOptions, created: Created): BackendConfig {
    const { routePrefix = this.defaultRoutePrefix, anonymousPaths } = this.props;
    return lockApp(scope, created.app, {
      registration: registrationOf(scope, this.props, options.defaultName),
      routePrefix,
      anonymousPaths,
      dependencies: created.dependencies,
      slots: Object.values(created.slots ?? {}),
    });
  }
}

/** An app with slots, which have its network unless they have one of their own. */
interface SlottedApp {
  readonly app: AppResource;
  readonly network: SiteNetwork;
  readonly slots: readonly AppSlot[];

  /** The app settings that stay when the app and a slot are swapped. */
  readonly sticky: readonly string[];
}

/** A slot, and the app that it belongs to. */
interface SlotOfApp {
  readonly app: AppResource;
  readonly slot: AppSlot;
}

/** A slot that was created. */
export interface CreatedSlot<Slot extends AppResource> {
  readonly site: Slot;
  readonly storageRoles: RoleAssignment[];
}
