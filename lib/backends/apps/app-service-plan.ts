import { Construct } from "constructs";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { globallyUniqueName } from "../../azure/names";
import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { IServicePlanRef } from "../../azure/refs/service-plan";
import { fail } from "../../core/fail";
import { isToken } from "../../core/tokens";
import { checkDeclaredPlan } from "./declared-plan";
import { DEDICATED, ELASTIC_PREMIUM, OsType, PlanTier } from "./plan-tier";

/** The app that a plan must fit. */
export interface PlannedApp {
  readonly osType: OsType;
  readonly functions: boolean;
}

/** The plan of an app. */
export interface BoundPlan {
  readonly id: string;
  readonly alwaysOn?: true;
  /** The plan, if it was created for the app. */
  readonly created?: ServicePlan;
}

/** The App Service plan that an app runs on. A new plan gets the operating system of its app. */
export class AppServicePlan {
  /**
   * A new plan on dedicated machines.
   *
   * @param skuName size of the plan, for example `B1` or `P1v3`
   * @see https://learn.microsoft.com/azure/app-service/overview-hosting-plans
   */
  public static dedicated(skuName: string): AppServicePlan {
    return new AppServicePlan(DEDICATED, skuName);
  }

  /**
   * A new plan with prewarmed machines that Azure adds and removes with the load; for function apps only. Without an account key
   * there is no file share for the code: deploy it as a package that the app runs from.
   *
   * @param skuName size of the plan: `EP1`, `EP2` or `EP3`
   * @see https://learn.microsoft.com/azure/azure-functions/functions-premium-plan
   * @see https://learn.microsoft.com/azure/azure-functions/storage-considerations#create-an-app-without-azure-files
   */
  public static elasticPremium(skuName: string): AppServicePlan {
    return new AppServicePlan(ELASTIC_PREMIUM, skuName);
  }

  /**
   * An existing dedicated plan, in the region and for the operating system of the app. Several apps can share one.
   *
   * @param plan your `ServicePlan`, or the ID of a plan
   */
  public static existing(plan: IServicePlanRef): AppServicePlan {
    return new AppServicePlan(DEDICATED, undefined, plan);
  }

  /**
   * An existing elastic premium plan, in the region and for the operating system of the function app.
   *
   * @param plan your `ServicePlan`, or the ID of a plan
   */
  public static existingElasticPremium(plan: IServicePlanRef): AppServicePlan {
    return new AppServicePlan(ELASTIC_PREMIUM, undefined, plan);
  }

  private constructor(
    private readonly tier: PlanTier,
    private readonly skuName?: string,
    private readonly plan?: IServicePlanRef,
  ) {}

  /** @internal */
  public _bind(scope: Construct, name: string, group: IResourceGroupRef, app: PlannedApp): BoundPlan {
    const { tier, plan } = this;
    if (tier.functionsOnly && !app.functions)
      fail(
        scope,
        "plan-for-functions-only",
        "Elastic premium plans run function apps only, but this is a web app.",
        'Use a dedicated plan, for example AppServicePlan.dedicated("P1v3"), or create a function app with Backend.functionApp(...).',
      );
    if (plan) {
      checkDeclaredPlan(scope, plan, tier, app.osType);
      return { id: plan.id, alwaysOn: tier.alwaysOn };
    }
    const created = this.create(scope, name, group, app.osType);
    return { id: created.id, alwaysOn: tier.alwaysOn, created };
  }

  private create(scope: Construct, name: string, group: IResourceGroupRef, osType: OsType): ServicePlan {
    const { tier, skuName = "" } = this;
    if (!isToken(skuName) && !tier.sizes.test(skuName))
      fail(
        scope,
        "invalid-plan-sku",
        `"${skuName}", given to ${tier.factory}, is not a size of ${tier.named} plans.`,
        `Use a size such as ${tier.examples}.`,
      );
    return new ServicePlan(scope, "Plan", {
      name: globallyUniqueName(scope, name, group, 40),
      resourceGroupName: group.name,
      location: group.location,
      osType,
      skuName,
    });
  }
}
