import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { DOORS, OpenSettings } from "../../azure/user-resource";
import { createRegistration } from "../../entra/app-registration";
import { BackendBindOptions, BackendConfig } from "../backend";
import { createAccessLog } from "./access-log";
import { AppProps } from "./app-props";
import { CreatedApp, CreatedResource, CreatedResources, IAppBackend } from "./created-app";
import { lockNetwork } from "./network/network-access";
import { SiteNetwork } from "./network/network-rule";
import { LockableApp, lockApp } from "./sign-in/lock-app";
import { warnOfSecrets } from "./secret-settings";
import { guardTransport } from "./site";
import { assignTelemetryRole } from "./telemetry";
import { checkedInsights } from "../../azure/refs/application-insights";

/** An App Service or Functions app that is created with its backend. */
export interface IAppServiceBackend extends IAppBackend {
  /** The plan that is created for the app, to set anything else on it; undefined if you passed an existing plan. */
  readonly plan?: ServicePlan | undefined;

  /** The role assignment with which the app sends telemetry; undefined without `applicationInsights`. */
  readonly telemetryRole?: RoleAssignment | undefined;

  /** Where the access logs of the app go, to set anything else on it; undefined without `accessLogs`. */
  readonly accessLog?: MonitorDiagnosticSetting | undefined;

  /** The private endpoint of the app; undefined without `NetworkAccess.privateEndpoint`. */
  readonly privateEndpoint?: PrivateEndpoint | undefined;
}

type SiteProps = AppProps & { readonly routePrefix?: string };

/** A created App Service app as azurerm has it. */
export interface AppResource extends LockableApp, CreatedResource {}

export interface AppServiceResources extends CreatedResources {
  readonly app: AppResource;
  readonly plan?: ServicePlan;
  readonly telemetryRole?: RoleAssignment;
  readonly accessLog?: MonitorDiagnosticSetting;
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
    private readonly defaultRoutePrefix: string,
  ) {
    super(factory, props, "resourceGroup, runtime", ["networkAccess", "registration"]);
  }

  public get plan(): ServicePlan | undefined {
    return this.read("plan");
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

  protected createBeside(scope: Construct, app: AppResource, network: SiteNetwork) {
    const { applicationInsights: insights, accessLogs, appSettings, resourceGroup } = this.props;
    guardTransport(app, this.doors);
    warnOfSecrets(scope, "appSettings", appSettings);
    const privateEndpoint = lockNetwork(app, network, resourceGroup);
    return {
      telemetryRole: insights && assignTelemetryRole(scope, checkedInsights(scope, insights), app.identity.principalId),
      accessLog: accessLogs && createAccessLog(scope, app, accessLogs),
      privateEndpoint,
      dependencies: privateEndpoint ? [privateEndpoint] : [],
    };
  }

  protected override lock(scope: Construct, options: BackendBindOptions, created: Created): BackendConfig {
    const { registration, routePrefix = this.defaultRoutePrefix, anonymousPaths } = this.props;
    return lockApp(scope, created.app, {
      registration: registration ?? createRegistration(scope, options.defaultName),
      routePrefix,
      anonymousPaths,
      dependencies: created.dependencies,
    });
  }
}
