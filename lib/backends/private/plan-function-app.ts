import { Construct } from "constructs";
import { AppServicePlan } from "../app-service-plan";
import { BackendBindOptions, BackendConfig } from "../backend";
import { FunctionAppProps } from "../function-app";
import { appName, HOST_ID_LENGTH } from "./app-name";
import { AppNetwork } from "./app-network";
import { functionStorage } from "./function-storage";
import { functionSettings, lockedFunctions } from "./functions";
import { AppResource, MadeApp } from "./made-app";
import { ownRegistration } from "./own-registration";
import { OsType } from "./plan-tier";
import { PLAN_SITE, PLAN_SITE_CONFIG } from "./site";

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
  const registration = props.registration ?? ownRegistration(scope, defaultName);
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
