import { IApplicationInsightsRef } from "../../azure/refs/application-insights";
import { ILogAnalyticsWorkspaceRef } from "../../azure/refs/log-analytics-workspace";
import { AppCors } from "./app-cors";
import { PropertyNames } from "../../core/property-names";
import { CREATED_APP_PROPS, CreatedAppProps } from "./app-options";
import { AppRuntime } from "./app-runtime";
import { AppServicePlan } from "./app-service-plan";
import { AppSlot } from "./app-slot";
import { HealthCheck } from "./health-check";
import { NetworkAccess } from "./network/network-access";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { VirtualNetworkIntegration } from "./virtual-network-integration";

/** Properties that all created App Service apps share. */
export interface AppProps extends CreatedAppProps {
  /** Language and version that the app runs with. */
  readonly runtime: AppRuntime;

  /**
   * Paths that answer to everyone without sign-in, for probes that cannot send a token.
   *
   * @default - none; App Service's health check does not need one
   */
  readonly anonymousPaths?: AnonymousPaths;

  /**
   * From where the app and its publishing site can be reached. The sign-in applies in addition.
   *
   * @default NetworkAccess.anywhere()
   */
  readonly networkAccess?: NetworkAccess;

  /**
   * The virtual network that the app sends its outbound requests through.
   *
   * @default - requests go out from Azure's addresses
   * @see https://learn.microsoft.com/azure/app-service/overview-vnet-integration
   */
  readonly virtualNetworkIntegration?: VirtualNetworkIntegration;

  /**
   * The web pages that may call the app from a browser.
   *
   * @default - none
   */
  readonly cors?: AppCors;

  /**
   * Name of the app. It is part of the app's address, so it must be unique in Azure. If you set it, a renamed construct needs `moved`
   * blocks: Azure refuses the new app while the old one exists.
   *
   * @default - the construct id in kebab-case and ten characters that Terraform computes from the subscription, the
   * resource group and the construct path
   */
  readonly appName?: string;

  /**
   * Name of the new plan, unique in its resource group.
   *
   * @default - the construct id in kebab-case and ten characters that Terraform computes
   */
  readonly planName?: string;

  /**
   * App settings, which the app reads as environment variables. They override the app settings that the library sets. A setting
   * that seems to hold a secret is a warning: refer to a key vault instead.
   *
   * @default - only those that the library sets
   */
  readonly appSettings?: { [name: string]: string };

  /**
   * Application Insights component that receives the app's telemetry. The app sends it with its identity, and gets the role for it.
   *
   * @default - no telemetry
   */
  readonly applicationInsights?: IApplicationInsightsRef;

  /**
   * Log Analytics workspace that receives the sign-in logs of the app, and the HTTP logs of a web app: who was let in, and who was
   * refused.
   *
   * @default - refused calls are logged nowhere
   * @see https://learn.microsoft.com/azure/app-service/monitor-app-service-reference
   */
  readonly accessLogs?: ILogAnalyticsWorkspaceRef;

  /**
   * Name of the diagnostic setting of `accessLogs`.
   *
   * @default "access"
   */
  readonly accessLogName?: string;
}

/** Properties that all apps share that are created on an App Service plan. */
export interface PlanAppProps extends AppProps {
  /**
   * The App Service plan that the app runs on.
   *
   * @default AppServicePlan.dedicated("B1")
   */
  readonly plan?: AppServicePlan;

  /**
   * Whether the app stays loaded while nobody calls it. Elastic premium plans have no such setting.
   *
   * @default true
   * @see https://learn.microsoft.com/azure/app-service/configure-common#configure-general-settings
   */
  readonly alwaysOn?: boolean;

  /**
   * The path that App Service requests to see whether an instance of the app is healthy.
   *
   * @default - none
   */
  readonly healthCheck?: HealthCheck;

  /**
   * Deployment slots to create. Each has the runtime, the sign-in, the callers and the hardening of the app, and an identity of its own.
   * The plan must be Standard, Premium or elastic premium.
   *
   * @default - none
   * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots
   */
  readonly slots?: AppSlot[];

  /**
   * Names of app settings that stay with the app or its slot when the two are swapped.
   *
   * @default - all app settings are swapped
   * @see https://learn.microsoft.com/azure/app-service/deploy-staging-slots#which-settings-are-swapped
   */
  readonly stickySettings?: string[];
}

export const APP_PROPS: PropertyNames<AppProps> = {
  ...CREATED_APP_PROPS,
  runtime: true,
  anonymousPaths: true,
  networkAccess: true,
  virtualNetworkIntegration: true,
  cors: true,
  appName: true,
  planName: true,
  appSettings: true,
  applicationInsights: true,
  accessLogs: true,
  accessLogName: true,
};

export const PLAN_APP_PROPS: PropertyNames<PlanAppProps> = {
  ...APP_PROPS,
  plan: true,
  alwaysOn: true,
  healthCheck: true,
  slots: true,
  stickySettings: true,
};
