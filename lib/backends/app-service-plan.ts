import { Construct } from "constructs";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { globallyUniqueName } from "../core/names";
import { ResourceGroupRef } from "../core/resource-group-ref";
import { isToken } from "../core/tokens";
import { checkDeclaredPlan } from "./private/declared-plan";
import { DEDICATED, ELASTIC_PREMIUM, PlannedApp, PlanTier } from "./private/plan-tier";
import { fail } from "../core/fail";

/** An App Service plan. A `ServicePlan` and a `DataAzurermServicePlan` of the azurerm bindings fit as they are. */
export interface ServicePlanRef {
  /** Azure resource id of the plan. */
  readonly id: string;
}

/** The App Service plan that an app runs on. A new one has the operating system of its app. */
export class AppServicePlan {
  /**
   * A plan of its own, on dedicated machines.
   *
   * @param skuName size of the plan, for example `B1` or `P1v3`
   * @see https://learn.microsoft.com/azure/app-service/overview-hosting-plans
   */
  public static dedicated(skuName: string): AppServicePlan {
    return new AppServicePlan(DEDICATED, skuName);
  }

  /**
   * A plan of its own whose machines come and go with the load, and wait for none to start; for function apps only. Without
   * an account key there is no file share to keep code on: deploy it as a package that the app runs from.
   *
   * @param skuName size of the plan: `EP1`, `EP2` or `EP3`
   * @see https://learn.microsoft.com/azure/azure-functions/functions-premium-plan
   * @see https://learn.microsoft.com/azure/azure-functions/storage-considerations#create-an-app-without-azure-files
   */
  public static elasticPremium(skuName: string): AppServicePlan {
    return new AppServicePlan(ELASTIC_PREMIUM, skuName);
  }

  /** A dedicated plan that exists, in the region and for the operating system of the app. Several apps can share one. */
  public static existing(plan: ServicePlanRef): AppServicePlan {
    return new AppServicePlan(DEDICATED, undefined, plan);
  }

  /** An elastic premium plan that exists, in the region and for the operating system of the function app. */
  public static existingElasticPremium(plan: ServicePlanRef): AppServicePlan {
    return new AppServicePlan(ELASTIC_PREMIUM, undefined, plan);
  }

  private constructor(
    private readonly tier: PlanTier,
    private readonly skuName?: string,
    private readonly plan?: ServicePlanRef,
  ) {}

  /**
   * Whether an app on it can be kept running between requests; `undefined` where Azure decides, and takes no setting.
   *
   * @internal
   */
  public get _alwaysOn(): true | undefined {
    return this.tier.alwaysOn;
  }

  /** @internal */
  public _bind(scope: Construct, name: string, group: ResourceGroupRef, app: PlannedApp): ServicePlanRef {
    const { tier } = this;
    if (tier.functionsOnly && !app.functions) fail(scope, "plan-for-functions-only", "Elastic premium plans run function apps, and this is a web app. " +
          'Write a dedicated plan, for example AppServicePlan.dedicated("P1v3"), or Backend.functionApp(...).');
    if (this.plan) {
      checkDeclaredPlan(scope, this.plan, tier, app.osType);
      return this.plan;
    }
    const skuName = this.skuName ?? "";
    if (!isToken(skuName) && !tier.sizes.test(skuName)) {
      fail(scope, "invalid-plan-sku", `${tier.factory}("${skuName}") names no ${tier.named} size of a plan. Write one such as ${tier.examples}.`);
    }
    return new ServicePlan(scope, "Plan", {
      name: globallyUniqueName(scope, name, group, 40),
      resourceGroupName: group.name,
      location: group.location,
      osType: app.osType,
      skuName,
    });
  }
}
