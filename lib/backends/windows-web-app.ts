import { Construct } from "constructs";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { MadeApp } from "./private/made-app";
import { bindPlanWebApp } from "./private/plan-web-app";
import { WINDOWS_SITE_CONFIG } from "./private/site";
import { WebAppProps } from "./web-app";

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
