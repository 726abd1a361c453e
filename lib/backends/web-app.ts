import { Construct } from "constructs";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { PlanAppProps } from "./plan-app-props";
import { MadeApp } from "./private/made-app";
import { bindPlanWebApp } from "./private/plan-web-app";

/** Properties of a web app that we make. */
export interface WebAppProps extends PlanAppProps {
  /**
   * Path on the app that API paths are appended to.
   *
   * @default - the root
   */
  readonly routePrefix?: string;
}

/** A Linux web app on a dedicated plan. */
export class WebAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.webApp");

  constructor(private readonly props: WebAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props, made } = this;
    return bindPlanWebApp(scope, options, props, {
      osType: "Linux",
      made,
      resource: ({ config, siteConfig }) =>
        new LinuxWebApp(scope, "Resource", {
          ...config,
          siteConfig: { ...siteConfig, applicationStack: props.runtime._stack(scope, "webApp") },
        }),
    });
  }
}
