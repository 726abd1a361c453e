import { IApplicationInsightsRef } from "../../azure/refs/application-insights";
import { ILogAnalyticsWorkspaceRef } from "../../azure/refs/log-analytics-workspace";
import { CreatedAppProps } from "./app-options";
import { AppRuntime } from "./app-runtime";
import { AppServicePlan } from "./app-service-plan";
import { NetworkAccess } from "./network/network-access";
import { AnonymousPaths } from "./sign-in/anonymous-paths";

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
   * Name of the app. It is part of the app's address, so it must be unique in Azure. If you set it, a renamed construct needs `moved`
   * blocks: Azure refuses the new app while the old one exists.
   *
   * @default - the construct id in kebab-case and ten characters that Terraform computes from the subscription, the
   * resource group and the construct path
   */
  readonly appName?: string;

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
}

/** Properties that all apps share that are created on an App Service plan. */
export interface PlanAppProps extends AppProps {
  /**
   * The App Service plan that the app runs on.
   *
   * @default AppServicePlan.dedicated("B1")
   */
  readonly plan?: AppServicePlan;
}
