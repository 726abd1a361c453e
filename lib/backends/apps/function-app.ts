import { Construct } from "constructs";
import { AppServicePlan, OsType, PlanAppProps } from "./app-service-plan";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { appName, HOST_ID_LENGTH, PLAN_SITE, PLAN_SITE_CONFIG, WINDOWS_SITE_CONFIG } from "./site";
import { AppNetwork } from "./network/app-network";
import { functionStorage } from "./function-storage";
import { functionSettings, lockedFunctions, FunctionsProps } from "./functions";
import { AppResource, MadeApp } from "./created-app";
import { newRegistration } from "../../entra/app-registration";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";

/** What function apps on a plan have in common, whatever they run on. */
export interface PlanFunctionApp {
  readonly osType: OsType;
  readonly made: MadeApp;
  /** Makes the resource of this kind. */
  readonly resource: (config: ReturnType<typeof functionAppConfig>) => AppResource;
}

/** Makes a function app on a plan, with all that belongs to it, and locks it. */
export function bindPlanFunctionApp(
  scope: Construct,
  options: BackendBindOptions,
  props: FunctionAppProps,
  kind: PlanFunctionApp,
): BackendConfig {
  const { defaultName } = options;
  const group = props.resourceGroup;
  const registration = props.registration ?? newRegistration(scope, defaultName);
  const storage = functionStorage(scope, defaultName, group, props.storageProvider);
  const network = new AppNetwork(scope, props, options.gateway);
  const app = kind.made.make(scope, () => {
    const plan = props.plan ?? AppServicePlan.dedicated("B1");
    const planId = plan._bind(scope, defaultName, group, { osType: kind.osType, functions: true }).id;
    return kind.resource(
      functionAppConfig(props, network, {
        name: appName(scope, props, defaultName, HOST_ID_LENGTH),
        planId,
        alwaysOn: plan._alwaysOn,
        storageAccountName: storage.name,
      }),
    );
  });
  return lockedFunctions(scope, app, props, { registration, storage, network });
}

/**
 * The part of the configuration that is the same on Linux and on Windows. `content_share_force_disabled` is left out: with the
 * app's identity on its storage there is no share, and on elastic premium plans azurerm would plan a change for ever.
 */
function functionAppConfig(
  props: FunctionAppProps,
  network: AppNetwork,
  app: {
    readonly name: string;
    readonly planId: string;
    readonly alwaysOn?: true;
    readonly storageAccountName: string;
  },
) {
  return {
    config: {
      ...PLAN_SITE,
      ...network.site.config,
      name: app.name,
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      servicePlanId: app.planId,
      storageAccountName: app.storageAccountName,
      storageUsesManagedIdentity: true,
      builtinLoggingEnabled: false,
      appSettings: functionSettings(props),
      tags: props.tags,
    },
    siteConfig: {
      ...PLAN_SITE_CONFIG,
      ...network.site.siteConfig,
      alwaysOn: app.alwaysOn,
      applicationInsightsConnectionString: props.applicationInsights?.connectionString,
    },
  };
}

/** Properties of a function app that we make on an App Service plan. */
export interface FunctionAppProps extends PlanAppProps, FunctionsProps {}

/**
 * A Linux function app on a dedicated or elastic premium plan, which reaches its storage account with its own identity. Give
 * its HTTP triggers the authorization level `anonymous`: the sign-in protects them, and a function key would be asked for on
 * top.
 */
export class FunctionAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.functionApp");

  constructor(private readonly props: FunctionAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props, made } = this;
    return bindPlanFunctionApp(scope, options, props, {
      osType: "Linux",
      made,
      resource: ({ config, siteConfig }) =>
        new LinuxFunctionApp(scope, "Resource", {
          ...config,
          siteConfig: { ...siteConfig, applicationStack: props.runtime._stack(scope, "functionApp") },
        }),
    });
  }
}

/**
 * A Windows function app on a dedicated or elastic premium plan, which reaches its storage account with its own identity. Give
 * its HTTP triggers the authorization level `anonymous`: the sign-in protects them, and a function key would be asked for on
 * top.
 */
export class WindowsFunctionAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.windowsFunctionApp");

  constructor(private readonly props: FunctionAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props, made } = this;
    return bindPlanFunctionApp(scope, options, props, {
      osType: "Windows",
      made,
      resource: ({ config, siteConfig }) =>
        new WindowsFunctionApp(scope, "Resource", {
          ...config,
          siteConfig: {
            ...siteConfig,
            ...WINDOWS_SITE_CONFIG,
            applicationStack: props.runtime._stack(scope, "windowsFunctionApp"),
          },
        }),
    });
  }
}
