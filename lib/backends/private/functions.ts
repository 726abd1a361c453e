import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { IAppRegistration } from "../../entra/registration";
import { AppProps } from "../app-props";
import { BackendConfig } from "../backend";
import { FunctionsProps } from "../functions-props";
import { AppNetwork } from "./app-network";
import { storageRoles } from "./function-storage";
import { lockedApp } from "./locked-app";
import { AppResource } from "./made-app";
import { allowTelemetry, IDENTITY_AUTHENTICATED_TELEMETRY } from "./telemetry";

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
