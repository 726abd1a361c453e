import { Construct } from "constructs";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { globallyUniqueName } from "../../azure/names";
import { BackendBindOptions } from "../backend";
import { AppProps } from "./app-props";
import { AppServiceApp } from "./app-service-app";
import { createPackages, hostStorageSettings, packageStorage } from "./flex-storage";
import { assignStorageRoles, createFunctionStorage } from "./function-storage";
import { FunctionResources, functionSettings, FunctionsProps, IFunctionAppBackend } from "./functions";
import { AppNetwork } from "./network/app-network";
import { appName, HOST_ID_LENGTH, SITE, SITE_CONFIG } from "./site";

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
}

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

/** A function app on Flex Consumption, which reaches its storage account with its identity. */
export class FlexFunctionAppBackend extends AppServiceApp<FlexResources> implements IFlexFunctionAppBackend {
  constructor(private readonly props: FlexFunctionAppProps) {
    super("Backend.flexFunctionApp", props, props.routePrefix ?? "api");
  }

  public get storage(): StorageAccount {
    return this.created.storage;
  }

  public get storageRoles(): RoleAssignment[] {
    return this.created.storageRoles;
  }

  public get packages(): StorageContainer {
    return this.created.packages;
  }

  protected override create(scope: Construct, options: BackendBindOptions): FlexResources {
    const { props } = this;
    const { defaultName } = options;
    const group = props.resourceGroup;
    const storage = createFunctionStorage(scope, defaultName, group, props.storageProvider);
    const packages = createPackages(scope, storage);
    const network = new AppNetwork(scope, props, options.gateway);
    const plan = this.createPlan(scope, defaultName);
    const app = new FunctionAppFlexConsumption(scope, "Resource", {
      ...SITE,
      ...network.site.config,
      name: appName(scope, props, defaultName, HOST_ID_LENGTH),
      resourceGroupName: group.name,
      location: group.location,
      servicePlanId: plan.id,
      ...packageStorage(storage, packages),
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
    });
    const { principalId } = app.identity;
    const storageRoles = assignStorageRoles(scope, props.extraStorageRoles ?? [], storage.id, principalId);
    const beside = this.createBeside(scope, app, network);
    const dependencies = [...storageRoles, ...beside.dependencies];
    return { ...beside, app, plan, storage, storageRoles, packages, dependencies };
  }

  private createPlan(scope: Construct, name: string): ServicePlan {
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
