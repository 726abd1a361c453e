import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { IServicePlanRef } from "../../azure/refs/service-plan";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { finding, fail } from "../../core/fail";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { globallyUniqueName } from "../../azure/names";
import { AppProps } from "./app-props";

/** An operating system, as a plan is for one of them. */
export type OsType = "Linux" | "Windows";

/** What a plan must fit. */
export interface PlannedApp {
  readonly osType: OsType;
  readonly functions: boolean;
}

/** What the plans of one kind have in common. */
export interface PlanTier {
  readonly factory: string;
  readonly factoryOfExisting: string;
  readonly named: string;
  readonly examples: string;
  /** Sizes of new plans, outside of App Service Environments. */
  readonly sizes: RegExp;
  /** Sizes of existing plans that are not of this kind. */
  readonly others: RegExp;
  readonly functionsOnly: boolean;
  readonly alwaysOn?: true;
}

/** Plans on which an app can be always on. */
export const DEDICATED: PlanTier = {
  factory: "AppServicePlan.dedicated",
  factoryOfExisting: "AppServicePlan.existing",
  named: "dedicated",
  examples: '"B1", "S1", "P0v3" or "P1v3"',
  sizes: /^(B[1-3]|S[1-3]|P[1-3]v2|P[0-3]v3|P[1-5]mv3|P[0-3]v4|P[1-5]mv4)$/,
  others: /^(EP\d|FC1|Y1|F1|D1|FREE|SHARED|WS\d)$/i,
  functionsOnly: false,
  alwaysOn: true,
};

/** Plans that Azure scales by load, on which azurerm has nothing to say of being always on. */
export const ELASTIC_PREMIUM: PlanTier = {
  factory: "AppServicePlan.elasticPremium",
  factoryOfExisting: "AppServicePlan.existingElasticPremium",
  named: "elastic premium",
  examples: '"EP1", "EP2" or "EP3"',
  sizes: /^EP[1-3]$/,
  others: /^(?!EP[1-3]$)/i,
  functionsOnly: true,
};

/** Holds a plan that the same app declares against what runs on it. Of any other plan only Azure knows more than its id. */
export function checkDeclaredPlan(scope: Construct, plan: IServicePlanRef, tier: PlanTier, osType: OsType): void {
  if (!Construct.isConstruct(plan) || !TerraformResource.isTerraformResource(plan)) return;
  scope.node.addValidation({ validate: () => planFindings(plan, tier, osType) });
}

function planFindings(plan: TerraformResource, tier: PlanTier, osType: OsType): string[] {
  const attributes = renderedAttributes(plan);
  const os = literal(attributes, "os_type");
  if (os !== undefined && os !== osType)
    return [
      finding(
        "plan-of-other-system",
        `The plan "${plan.node.path}" has osType "${os}", and an app is to run on it that is one for ${osType}. Write another plan, with ` +
          `osType: "${osType}". Linux apps are made by Backend.functionApp and Backend.webApp, Windows apps by ` +
          `Backend.windowsFunctionApp and Backend.windowsWebApp.`,
      ),
    ];
  const skuName = literal(attributes, "sku_name");
  if (skuName === undefined || !tier.others.test(skuName)) return [];
  return [
    finding(
      "plan-of-other-tier",
      `The plan "${plan.node.path}" has skuName "${skuName}", and ${tier.factoryOfExisting}(...) takes ${tier.named} plans, such as ${tier.examples}. Write a plan of ` +
        `that kind. Dedicated plans are given by AppServicePlan.existing(...), elastic premium ones by ` +
        `AppServicePlan.existingElasticPremium(...).`,
    ),
  ];
}

function literal(attributes: Rendered, name: string): string | undefined {
  const value: unknown = attributes[name];
  return typeof value === "string" && !isToken(value) ? value : undefined;
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
  public static existing(plan: IServicePlanRef): AppServicePlan {
    return new AppServicePlan(DEDICATED, undefined, plan);
  }

  /** An elastic premium plan that exists, in the region and for the operating system of the function app. */
  public static existingElasticPremium(plan: IServicePlanRef): AppServicePlan {
    return new AppServicePlan(ELASTIC_PREMIUM, undefined, plan);
  }

  private constructor(
    private readonly tier: PlanTier,
    private readonly skuName?: string,
    private readonly plan?: IServicePlanRef,
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
  public _bind(scope: Construct, name: string, group: IResourceGroupRef, app: PlannedApp): IServicePlanRef {
    const { tier } = this;
    if (tier.functionsOnly && !app.functions)
      fail(
        scope,
        "plan-for-functions-only",
        "Elastic premium plans run function apps, and this is a web app. " +
          'Write a dedicated plan, for example AppServicePlan.dedicated("P1v3"), or Backend.functionApp(...).',
      );
    if (this.plan) {
      checkDeclaredPlan(scope, this.plan, tier, app.osType);
      return this.plan;
    }
    const skuName = this.skuName ?? "";
    if (!isToken(skuName) && !tier.sizes.test(skuName)) {
      fail(
        scope,
        "invalid-plan-sku",
        `${tier.factory}("${skuName}") names no ${tier.named} size of a plan. Write one such as ${tier.examples}.`,
      );
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

/** What all apps have in common that we make on an App Service plan. */
export interface PlanAppProps extends AppProps {
  /**
   * The App Service plan to run on.
   *
   * @default AppServicePlan.dedicated("B1")
   */
  readonly plan?: AppServicePlan;
}
