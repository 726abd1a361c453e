import { Lazy, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { BindOnce } from "../core/bind-once";
import * as errors from "../core/errors";
import { checkName, globallyUniqueName, kebabCase, NAME_RULES } from "../core/names";
import { Audience } from "../entra/audience";
import { AppServicePlan } from "./app-service-plan";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { LinuxAppProps } from "./linux-app-props";
import { lockSignIn } from "./private/easy-auth";
import { functionStorage } from "./private/function-storage";
import { SITE, SITE_CONFIG } from "./private/linux-site";
import { ownRegistration } from "./private/own-registration";
import { assignRole } from "./private/role";
import { appUrl } from "./private/site-url";
import { allowTelemetry, IDENTITY_AUTHENTICATED_TELEMETRY } from "./private/telemetry";
import { StorageRole } from "./storage-role";

/** Properties of a function app that we make. */
export interface FunctionAppProps extends LinuxAppProps {
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

/**
 * A Linux function app on a dedicated plan, which reaches its storage account with its own identity. Give its HTTP
 * triggers the authorization level `anonymous`: the sign-in protects them, and a function key would be asked for on top.
 */
export class FunctionAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly app = new BindOnce<LinuxFunctionApp>("Backend.functionApp", errors.backendBoundTwice);

  constructor(private readonly props: FunctionAppProps) {
    this.appName = Lazy.stringValue({ produce: () => this.app.value.name });
    this.appId = Lazy.stringValue({ produce: () => this.app.value.id });
    this.principalId = Lazy.stringValue({ produce: () => this.app.value.identity.principalId });
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props } = this;
    const { defaultName } = options;
    const group = props.resourceGroup;
    const insights = props.applicationInsights;
    const registration = props.registration ?? ownRegistration(scope, defaultName);
    const storage = functionStorage(scope, defaultName, group, props.storageProvider);

    const app = this.app.bind(
      scope,
      () =>
        new LinuxFunctionApp(scope, "Resource", {
          ...SITE,
          name: props.appName
            ? checkName(scope, NAME_RULES.app, props.appName, kebabCase(props.appName))
            : globallyUniqueName(scope, defaultName, group, 32),
          resourceGroupName: group.name,
          location: group.location,
          servicePlanId: (props.plan ?? AppServicePlan.dedicated("B1"))._bind(scope, defaultName, group).id,
          storageAccountName: storage.name,
          storageUsesManagedIdentity: true,
          builtinLoggingEnabled: false,
          appSettings: { ...(insights && IDENTITY_AUTHENTICATED_TELEMETRY), ...props.appSettings },
          siteConfig: {
            ...SITE_CONFIG,
            applicationStack: props.runtime._functionAppStack(scope),
            applicationInsightsConnectionString: insights?.connectionString,
          },
          tags: props.tags,
        }),
    );
    lockSignIn(scope, app, registration);

    const principalId = app.identity.principalId;
    const roles = ["Storage Blob Data Owner", ...(props.extraStorageRoles ?? []).map((role) => role._roleName)].map(
      (name) => assignRole(scope, name.replace(/ /g, ""), { name, on: storage.id, to: principalId }),
    );
    if (insights) allowTelemetry(scope, insights, principalId);

    return {
      url: appUrl(scope, app.defaultHostname, props.routePrefix ?? "api"),
      audience: Audience.registration(registration),
      ready: [app, ...roles],
    };
  }
}
