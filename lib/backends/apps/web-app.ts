import { Construct } from "constructs";
import { AppServicePlan, OsType, PlanAppProps } from "./app-service-plan";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { appName, PLAN_SITE, PLAN_SITE_CONFIG, WINDOWS_SITE_CONFIG } from "./site";
import { AppNetwork } from "./network/app-network";
import { lockedApp } from "./sign-in/lock-app";
import { AppResource, MadeApp } from "./created-app";
import { newRegistration } from "../../entra/app-registration";
import { allowTelemetry, webAppTelemetry } from "./telemetry";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";

const MAX_NAME_LENGTH = 60;

/** What web apps have in common, whatever they run on. */
export interface PlanWebApp {
  readonly osType: OsType;
  readonly made: MadeApp;
  /** Makes the resource of this kind. */
  readonly resource: (config: ReturnType<typeof webAppConfig>) => AppResource;
}

/** Makes a web app on a plan, and locks it. */
export function bindPlanWebApp(
  scope: Construct,
  options: BackendBindOptions,
  props: WebAppProps,
  kind: PlanWebApp,
): BackendConfig {
  const { defaultName } = options;
  const registration = props.registration ?? newRegistration(scope, defaultName);
  const network = new AppNetwork(scope, props, options.gateway);
  const app = kind.made.make(scope, () => {
    const plan = props.plan ?? AppServicePlan.dedicated("B1");
    const use = { osType: kind.osType, functions: false };
    return kind.resource(
      webAppConfig(props, network, {
        name: appName(scope, props, defaultName, MAX_NAME_LENGTH),
        planId: plan._bind(scope, defaultName, props.resourceGroup, use).id,
        alwaysOn: plan._alwaysOn,
        osType: kind.osType,
      }),
    );
  });
  const insights = props.applicationInsights;
  if (insights) allowTelemetry(scope, insights, app.identity.principalId);
  return lockedApp(scope, app, {
    registration,
    routePrefix: props.routePrefix ?? "",
    anonymousPaths: props.anonymousPaths,
    ready: network.lock(app),
  });
}

/** The part of the configuration that is the same on Linux and on Windows. */
function webAppConfig(
  props: WebAppProps,
  network: AppNetwork,
  app: { readonly name: string; readonly planId: string; readonly alwaysOn?: true; readonly osType: OsType },
) {
  const insights = props.applicationInsights;
  return {
    config: {
      ...PLAN_SITE,
      ...network.site.config,
      name: app.name,
      resourceGroupName: props.resourceGroup.name,
      location: props.resourceGroup.location,
      servicePlanId: app.planId,
      appSettings: { ...(insights && webAppTelemetry(insights, app.osType)), ...props.appSettings },
      tags: props.tags,
    },
    siteConfig: { ...PLAN_SITE_CONFIG, ...network.site.siteConfig, alwaysOn: app.alwaysOn },
  };
}

/** Properties of a web app that we make. */
export interface WebAppProps extends PlanAppProps {
  /**
   * Path on the app that API paths are appended to.
   *
   * @default - the root
   */
  readonly routePrefix?: string;
}

/** A Linux web app on a dedicated plan. */
export class WebAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.webApp");

  constructor(private readonly props: WebAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props, made } = this;
    return bindPlanWebApp(scope, options, props, {
      osType: "Linux",
      made,
      resource: ({ config, siteConfig }) =>
        new LinuxWebApp(scope, "Resource", {
          ...config,
          siteConfig: { ...siteConfig, applicationStack: props.runtime._stack(scope, "webApp") },
        }),
    });
  }
}

/** A Windows web app on a dedicated plan. */
export class WindowsWebAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.windowsWebApp");

  constructor(private readonly props: WebAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props, made } = this;
    return bindPlanWebApp(scope, options, props, {
      osType: "Windows",
      made,
      resource: ({ config, siteConfig }) =>
        new WindowsWebApp(scope, "Resource", {
          ...config,
          siteConfig: {
            ...siteConfig,
            ...WINDOWS_SITE_CONFIG,
            applicationStack: props.runtime._stack(scope, "windowsWebApp"),
          },
        }),
    });
  }
}
