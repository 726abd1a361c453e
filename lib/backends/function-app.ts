import { Construct } from "constructs";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { BackendBindOptions, BackendConfig, IApimBackend } from "./backend";
import { FunctionsProps } from "./functions-props";
import { PlanAppProps } from "./plan-app-props";
import { MadeApp } from "./private/made-app";
import { bindPlanFunctionApp } from "./private/plan-function-app";

/** Properties of a function app that we make on an App Service plan. */
export interface FunctionAppProps extends PlanAppProps, FunctionsProps {}

/**
 * A Linux function app on a dedicated or elastic premium plan, which reaches its storage account with its own identity. Give
 * its HTTP triggers the authorization level `anonymous`: the sign-in protects them, and a function key would be asked for on
 * top.
 */
export class FunctionAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.functionApp");

  constructor(private readonly props: FunctionAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props, made } = this;
    return bindPlanFunctionApp(scope, options, props, {
      osType: "Linux",
      made,
      resource: ({ config, siteConfig }) =>
        new LinuxFunctionApp(scope, "Resource", {
          ...config,
          siteConfig: { ...siteConfig, applicationStack: props.runtime._stack(scope, "functionApp") },
        }),
    });
  }
}
