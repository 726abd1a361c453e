import { TerraformProvider, ITerraformDependable } from "cdktf";
import { StorageRole, storageRoles } from "./function-storage";
import { Construct } from "constructs";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { IAppRegistration } from "../../entra/registration";
import { AppProps } from "./app-props";
import { BackendConfig } from "../backend";
import { AppNetwork } from "./network/app-network";
import { lockedApp } from "./sign-in/lock-app";
import { AppResource } from "./created-app";
import { allowTelemetry, IDENTITY_AUTHENTICATED_TELEMETRY } from "./telemetry";

/** What all function apps that we make have in common, beside what they have in common with other apps. */
export interface FunctionsProps {
  /**
   * What stands before the routes of the functions: `extensions.http.routePrefix` of your `host.json`; empty for none.
   *
   * @default "api"
   */
  readonly routePrefix?: string;

  /**
   * Roles of the app on its own storage account, for triggers and bindings that keep their data there.
   *
   * @default - none beside `Storage Blob Data Owner`, which the host needs
   */
  readonly extraStorageRoles?: StorageRole[];

  /**
   * An aliased azurerm provider for the storage account, with `features: [{ storage: [{ dataPlaneAvailable: false }] }]` and
   * `storageUseAzuread: true`, where the stack's default provider cannot have these settings.
   *
   * @default - the stack's default azurerm provider
   */
  readonly storageProvider?: TerraformProvider;
}

/** App settings of a function app: those that its telemetry needs, and over them those of the user. */
export function functionSettings(props: AppProps): { [name: string]: string } {
  return { ...(props.applicationInsights && IDENTITY_AUTHENTICATED_TELEMETRY), ...props.appSettings };
}

/** Gives a function app its roles, and locks it. */
export function lockedFunctions(
  scope: Construct,
  app: AppResource,
  props: AppProps & FunctionsProps,
  around: {
    readonly registration: IAppRegistration;
    readonly storage: StorageAccount;
    readonly network: AppNetwork;
  },
): BackendConfig {
  const { principalId } = app.identity;
  const ready: ITerraformDependable[] = storageRoles(
    scope,
    props.extraStorageRoles ?? [],
    around.storage.id,
    principalId,
  );
  if (props.applicationInsights) allowTelemetry(scope, props.applicationInsights, principalId);
  return lockedApp(scope, app, {
    registration: around.registration,
    routePrefix: props.routePrefix ?? "api",
    anonymousPaths: props.anonymousPaths,
    ready: [...ready, ...around.network.lock(app)],
  });
}
