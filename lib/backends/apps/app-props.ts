import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { IApplicationInsightsRef } from "../../azure/refs/application-insights";
import { IAppRegistration } from "../../entra/registration";
import { AnonymousPaths } from "./sign-in/anonymous-paths";
import { AppRuntime } from "./app-runtime";
import { NetworkAccess } from "./network/network-access";

/** What all apps that we make have in common. */
export interface AppProps {
  /** Where to deploy the app and what it needs. */
  readonly resourceGroup: IResourceGroupRef;

  /** Language and version that the app runs with. */
  readonly runtime: AppRuntime;

  /**
   * The app registration that stands for the app.
   *
   * @default - a new one
   */
  readonly registration?: IAppRegistration;

  /**
   * Paths that answer to everybody, without signing in, for probes that can send no token.
   *
   * @default - none; App Service's own health check needs none
   */
  readonly anonymousPaths?: AnonymousPaths;

  /**
   * From where the app can be reached, its publishing site included. It comes on top of the sign-in.
   *
   * @default NetworkAccess.anywhere()
   */
  readonly networkAccess?: NetworkAccess;

  /**
   * Name of the app, part of its address and therefore unique in all of Azure.
   *
   * @default - the construct id in kebab-case and ten characters that Terraform computes from the subscription, the
   * resource group and the construct path
   */
  readonly appName?: string;

  /**
   * App settings: environment variables of the app.
   *
   * @default - none of yours
   */
  readonly appSettings?: { [name: string]: string };

  /**
   * Where to send telemetry to. The app sends it with its own identity, and gets the role for it.
   *
   * @default - no telemetry
   */
  readonly applicationInsights?: IApplicationInsightsRef;

  /**
   * Azure tags of the app.
   *
   * @default - none
   */
  readonly tags?: { [name: string]: string };
}
