import { Construct } from "constructs";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { FunctionAppProps } from "./function-app";
import { MadeApp } from "./private/made-app";
import { bindPlanFunctionApp } from "./private/plan-function-app";
import { WINDOWS_SITE_CONFIG } from "./private/site";

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
