import { Construct } from "constructs";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { globallyUniqueName } from "../../azure/names";
import { AppProps } from "./app-props";
import { BackendBindOptions, BackendConfig, IApimBackend } from "../backend";
import { FunctionsProps, functionSettings, lockedFunctions } from "./functions";
import { appName, HOST_ID_LENGTH, SITE, SITE_CONFIG } from "./site";
import { AppNetwork } from "./network/app-network";
import { hostStorageSettings, packageStorage } from "./flex-storage";
import { functionStorage } from "./function-storage";
import { MadeApp } from "./created-app";
import { newRegistration } from "../../entra/app-registration";

/** Properties of a function app on Flex Consumption that we make. It has a plan of its own, which no other app can share. */
export interface FlexFunctionAppProps extends AppProps, FunctionsProps {
  /**
   * Memory of an instance, in megabytes: 512, 2048 or 4096.
   *
   * @default 2048
   * @see https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#instance-sizes
   */
  readonly instanceMemoryMegabytes?: number;

  /**
   * How many instances there may be at most.
   *
   * @default 100
   */
  readonly maximumInstanceCount?: number;
}

/**
 * A function app on the Flex Consumption plan, which reaches its storage account with its own identity. Give its HTTP triggers
 * the authorization level `anonymous`: the sign-in protects them, and a function key would be asked for on top.
 *
 * azurerm 4.55 adds an app setting `AzureWebJobsStorage` that holds a connection string without a key, with which the functions
 * host does not start. It is overridden with an empty one here; azurerm does not read that back, and **every plan shows a change
 * of `app_settings` that changes nothing**. Where plans must be empty, use `Backend.functionApp` with an elastic premium plan.
 * Do not add `app_settings` to `ignore_changes`: the next update would bring azurerm's own value back.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/29693
 */
export class FlexFunctionAppBackend implements IApimBackend {
  /** Name of the app. */
  public readonly appName: string;
  /** Azure resource id of the app. */
  public readonly appId: string;
  /** Object id of the app's system-assigned identity, to give it roles on what it uses. */
  public readonly principalId: string;

  private readonly made = new MadeApp("Backend.flexFunctionApp");

  constructor(private readonly props: FlexFunctionAppProps) {
    this.appName = this.made.name;
    this.appId = this.made.id;
    this.principalId = this.made.principalId;
  }

  public bind(scope: Construct, options: BackendBindOptions): BackendConfig {
    const { props } = this;
    const { defaultName } = options;
    const group = props.resourceGroup;
    const registration = props.registration ?? newRegistration(scope, defaultName);
    const storage = functionStorage(scope, defaultName, group, props.storageProvider);
    const network = new AppNetwork(scope, props, options.gateway);
    const app = this.made.make(
      scope,
      () =>
        new FunctionAppFlexConsumption(scope, "Resource", {
          ...SITE,
          ...network.site.config,
          name: appName(scope, props, defaultName, HOST_ID_LENGTH),
          resourceGroupName: group.name,
          location: group.location,
          servicePlanId: this.plan(scope, defaultName).id,
          ...packageStorage(scope, storage),
          ...props.runtime._stack(scope, "flexFunctionApp"),
          instanceMemoryInMb: props.instanceMemoryMegabytes,
          maximumInstanceCount: props.maximumInstanceCount,
          appSettings: { ...hostStorageSettings(storage), ...functionSettings(props) },
          siteConfig: {
            ...SITE_CONFIG,
            ...network.site.siteConfig,
            applicationInsightsConnectionString: props.applicationInsights?.connectionString,
          },
          tags: props.tags,
        }),
    );
    return lockedFunctions(scope, app, props, { registration, storage, network });
  }

  private plan(scope: Construct, name: string): ServicePlan {
    const group = this.props.resourceGroup;
    return new ServicePlan(scope, "Plan", {
      name: globallyUniqueName(scope, name, group, 40),
      resourceGroupName: group.name,
      location: group.location,
      osType: "Linux",
      skuName: "FC1",
    });
  }
}
