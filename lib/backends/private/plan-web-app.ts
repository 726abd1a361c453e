import { Construct } from "constructs";
import { AppServicePlan } from "../app-service-plan";
import { BackendBindOptions, BackendConfig } from "../backend";
import { WebAppProps } from "../web-app";
import { appName } from "./app-name";
import { AppNetwork } from "./app-network";
import { lockedApp } from "./locked-app";
import { AppResource, MadeApp } from "./made-app";
import { ownRegistration } from "./own-registration";
import { OsType } from "./plan-tier";
import { PLAN_SITE, PLAN_SITE_CONFIG } from "./site";
import { allowTelemetry, webAppTelemetry } from "./telemetry";

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
  const registration = props.registration ?? ownRegistration(scope, defaultName);
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
