import { Construct } from "constructs";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import * as errors from "../core/errors";
import { globallyUniqueName } from "../core/names";
import { ResourceGroupRef } from "../core/resource-group-ref";
import { isToken } from "../core/tokens";

/** An App Service plan. A `ServicePlan` and a `DataAzurermServicePlan` of the azurerm bindings fit as they are. */
export interface ServicePlanRef {
  /** Azure resource id of the plan. */
  readonly id: string;
}

/** Dedicated sizes of Linux plans, outside of App Service Environments: those on which an app can be always on. */
const DEDICATED = /^(B[1-3]|S[1-3]|P[1-3]v2|P[0-3]v3|P[1-5]mv3|P[0-3]v4|P[1-5]mv4)$/;

/** The App Service plan that an app runs on. */
export class AppServicePlan {
  /**
   * A Linux plan of its own, on dedicated machines.
   *
   * @param skuName size of the plan, for example `B1` or `P1v3`
   * @see https://learn.microsoft.com/azure/app-service/overview-hosting-plans
   */
  public static dedicated(skuName: string): AppServicePlan {
    return new AppServicePlan(skuName);
  }

  /** A dedicated Linux plan that exists, in the same region as the app. Several apps can share one. */
  public static existing(plan: ServicePlanRef): AppServicePlan {
    return new AppServicePlan(undefined, plan);
  }

  private constructor(
    private readonly skuName?: string,
    private readonly plan?: ServicePlanRef,
  ) {}

  /** @internal */
  public _bind(scope: Construct, name: string, group: ResourceGroupRef): ServicePlanRef {
    if (this.plan) return this.plan;
    const skuName = this.skuName ?? "";
    if (!isToken(skuName) && !DEDICATED.test(skuName)) throw errors.invalidPlanSku(scope, skuName);
    return new ServicePlan(scope, "Plan", {
      name: globallyUniqueName(scope, name, group, 40),
      resourceGroupName: group.name,
      location: group.location,
      osType: "Linux",
      skuName,
    });
  }
}
