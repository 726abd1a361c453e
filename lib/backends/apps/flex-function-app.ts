import { Construct } from "constructs";
import type { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { cloudOf } from "../../azure/clouds/stack-cloud";
import { FLEX_DOORS, OpenSettings } from "../../azure/user-resource";
import { AZURE_NAMES } from "../../azure/names";
import { checkName } from "../../core/names";
import { PropertyNames } from "../../core/property-names";
import { BackendBindOptions } from "../backend";
import { APP_PROPS, AppProps } from "./app-props";
import { createServicePlan } from "./app-service-plan";
import { FUNCTIONS_PROPS, FunctionResources, FunctionsApp, FunctionsProps, IFunctionAppBackend } from "./functions";
import { guardStorageUse } from "./function-storage";
import { siteNetwork } from "./network/network-access";
import { appName, HOST_ID_LENGTH, onNetwork, siteSettings } from "./site";
import { checkedRuntime } from "./app-runtime";
import { azurerm } from "../../providers/azurerm";

/** Properties of a function app that is created on Flex Consumption, with a plan that no other app can share. */
export interface FlexFunctionAppProps extends AppProps, FunctionsProps {
  /**
   * Memory of an instance, in megabytes: 512, 2048 or 4096.
   *
   * @default 2048
   * @see https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#instance-sizes
   */
  readonly instanceMemoryMegabytes?: number;

  /**
   * Maximum number of instances.
   *
   * @default 100
   */
  readonly maximumInstanceCount?: number;

  /**
   * Name of the container on the storage account that holds the app's code: 3 to 63 lowercase letters, digits and hyphens.
   *
   * @default "app-package"
   */
  readonly packageContainerName?: string;
}

const FLEX_PROPS: PropertyNames<FlexFunctionAppProps> = {
  ...APP_PROPS,
  ...FUNCTIONS_PROPS,
  instanceMemoryMegabytes: true,
  maximumInstanceCount: true,
  packageContainerName: true,
};

/**
 * A function app on the Flex Consumption plan that is created with its backend.
 *
 * azurerm 4.55 adds an app setting `AzureWebJobsStorage` that holds a connection string without a key, with which the functions
 * host does not start. An empty value replaces it; azurerm does not read it back, so **every plan shows a change of
 * `app_settings` that changes nothing**. If plans must be empty, use `Backend.functionApp` with an elastic premium plan.
 * Do not add `app_settings` to `ignore_changes`: the next update would write azurerm's value.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/29693
 */
export interface IFlexFunctionAppBackend extends IFunctionAppBackend {
  /** The app, to set anything else on it. */
  readonly app: FunctionAppFlexConsumption;

  /** The container on the storage account that holds the app's code. */
  readonly packages: StorageContainer;
}

interface FlexResources extends FunctionResources {
  readonly app: FunctionAppFlexConsumption;
  readonly packages: StorageContainer;
}

/** A function app on Flex Consumption. */
export class FlexFunctionAppBackend
  extends FunctionsApp<FlexResources, FlexFunctionAppProps>
  implements IFlexFunctionAppBackend
{
  protected override readonly doors: OpenSettings = FLEX_DOORS;

  constructor(props: FlexFunctionAppProps) {
    super("Backend.flexFunctionApp", props, FLEX_PROPS);
  }

  public get packages(): StorageContainer {
    return this.read("packages");
  }

  protected override create(scope: Construct, { defaultName, gateway }: BackendBindOptions): FlexResources {
    const { props } = this;
    const group = props.resourceGroup;
    const storage = this.createStorage(scope, defaultName);
    const packages = new azurerm.StorageContainer(scope, "Packages", {
      name: checkName(scope, AZURE_NAMES.storageContainer, props.packageContainerName ?? "app-package"),
      // With the account's ID instead of its name, azurerm creates the container without the data plane.
      storageAccountId: storage.id,
      containerAccessType: "private",
      provider: storage.provider,
    });
    const network = siteNetwork(scope, props, gateway);
    const plan = createServicePlan(scope, { ...props, defaultName }, { osType: "Linux", skuName: "FC1" });
    const settings = onNetwork(siteSettings(scope, props, "Microsoft.App/environments"), network);
    const app = new azurerm.FunctionAppFlexConsumption(scope, "Resource", {
      ...settings,
      name: appName(scope, props, defaultName, HOST_ID_LENGTH),
      resourceGroupName: group.name,
      location: group.location,
      servicePlanId: plan.id,
      storageContainerType: "blobContainer",
      storageContainerEndpoint: `${storage.primaryBlobEndpoint}${packages.name}`,
      storageAuthenticationType: "SystemAssignedIdentity",
      ...checkedRuntime(scope, props.runtime)._stack(scope, "flexFunctionApp"),
      instanceMemoryInMb: props.instanceMemoryMegabytes,
      maximumInstanceCount: props.maximumInstanceCount,
      appSettings: { ...hostStorageSettings(scope, storage), ...this.settingsOf() },
      siteConfig: {
        ...settings.siteConfig,
        applicationInsightsConnectionString: props.applicationInsights?.connectionString,
      },
    });
    guardStorageUse(app, {
      storage_container_type: app.storageContainerTypeInput,
      storage_container_endpoint: app.storageContainerEndpointInput,
      storage_authentication_type: app.storageAuthenticationTypeInput,
    });
    return { ...this.createBesideFunctions(scope, app, network, storage), app, plan, packages };
  }
}

/**
 * How the functions host reaches its storage with the app's identity. It ignores an empty connection string, and would prefer the
 * one that azurerm adds: `AzureWebJobsStorage=…AccountKey=;`.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/issues/33211
 * @see https://learn.microsoft.com/azure/azure-functions/functions-reference#connecting-to-host-storage-with-an-identity
 * @see docs/design/decisions.md#flex-consumption-apart
 */
function hostStorageSettings(scope: Construct, account: StorageAccount): { [name: string]: string } {
  // The host looks for a name in the public cloud.
  const place: { [name: string]: string } =
    cloudOf(scope) === "public"
      ? { AzureWebJobsStorage__accountName: account.name }
      : {
          AzureWebJobsStorage__blobServiceUri: account.primaryBlobEndpoint,
          AzureWebJobsStorage__queueServiceUri: account.primaryQueueEndpoint,
          AzureWebJobsStorage__tableServiceUri: account.primaryTableEndpoint,
        };
  return { AzureWebJobsStorage: "", ...place, AzureWebJobsStorage__credential: "managedidentity" };
}
