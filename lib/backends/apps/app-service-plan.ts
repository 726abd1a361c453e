import { Construct } from "constructs";
import type { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { checkedTags, Tags } from "../../azure/azure-tags";
import { AZURE_NAMES, globallyUniqueName } from "../../azure/names";
import { IResourceGroupRef } from "../../azure/refs/resource-group";
import { uniqueName } from "../../azure/taken-name";
import { checkUserResource } from "../../azure/user-resource";
import { fail, finding } from "../../core/fail";
import { Rendered } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { requireAttributes, requireGiven, requireText } from "../../core/given";
import { refuseUnusedName } from "../../core/unused-name";
import { azurerm } from "../../providers/azurerm";

/** An operating system. A plan has one, and all its apps run on it. */
export type OsType = "Linux" | "Windows";

interface PlanTier {
  readonly factory: string;
  readonly factoryOfExisting: string;
  readonly named: string;
  readonly examples: string;
  /** Sizes of new plans, outside of App Service Environments. */
  readonly sizes: RegExp;
  /** Sizes of existing plans that are of another kind. */
  readonly others: RegExp;
  readonly functionsOnly: boolean;
  /** Whether azurerm can keep an app running between requests. Undefined if Azure decides, and azurerm has no setting. */
  readonly alwaysOn?: true;
}

const DEDICATED: PlanTier = {
  factory: "AppServicePlan.dedicated",
  factoryOfExisting: "AppServicePlan.existing",
  named: "dedicated",
  examples: '"B1", "S1", "P0v3" or "P1v3"',
  sizes: /^(B[1-3]|S[1-3]|P[1-3]v2|P[0-3]v3|P[1-5]mv3|P[0-3]v4|P[1-5]mv4)$/,
  others: /^(EP\d|FC1|Y1|F1|D1|FREE|SHARED|WS\d)$/i,
  functionsOnly: false,
  alwaysOn: true,
};

const ELASTIC_PREMIUM: PlanTier = {
  factory: "AppServicePlan.elasticPremium",
  factoryOfExisting: "AppServicePlan.existingElasticPremium",
  named: "elastic premium",
  examples: '"EP1", "EP2" or "EP3"',
  sizes: /^EP[1-3]$/,
  others: /^(?!EP[1-3]$)/i,
  functionsOnly: true,
};

export interface PlannedApp {
  readonly osType: OsType;
  readonly functions: boolean;
  /** Whether the app has deployment slots. */
  readonly slots: boolean;
}

/** What a new plan is called, where it is, and how it is tagged. */
export interface NewPlan {
  readonly defaultName: string;
  readonly planName?: string;
  readonly resourceGroup: IResourceGroupRef;
  readonly tags?: Tags;
}

/** The plan of an app. */
export interface BoundPlan {
  readonly id: string;
  readonly alwaysOn?: true;
  /** The plan, if it was created for the app. */
  readonly created?: ServicePlan;
  /** The same plan for other apps. */
  readonly shared: AppServicePlan;
}

/** Sizes of plans without deployment slots. */
const WITHOUT_SLOTS = /^(?:B[1-3]|F1|D1|FREE|SHARED)$/i;

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
   * An existing dedicated plan, in the region and for the operating system of the app. Several apps can share one. For the plan that
   * another backend creates, use its `sharedPlan`.
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
  public _bind(scope: Construct, newPlan: NewPlan, app: PlannedApp): BoundPlan {
    const { tier, plan } = this;
    if (tier.functionsOnly && !app.functions)
      fail(
        scope,
        "plan-for-functions-only",
        "Elastic premium plans run function apps only, but this is a web app.",
        'Use a dedicated plan, for example AppServicePlan.dedicated("P1v3"), or create a function app with Backend.functionApp(...).',
      );
    if (plan) {
      refuseUnusedName(scope, "planName", newPlan.planName, "plan");
      checkDeclaredPlan(scope, plan, tier, app);
      return { id: plan.id, alwaysOn: tier.alwaysOn, shared: this };
    }
    const created = this.create(scope, newPlan, app);
    const shared = new AppServicePlan(tier, undefined, created);
    return { id: created.id, alwaysOn: tier.alwaysOn, created, shared };
  }

  private create(scope: Construct, newPlan: NewPlan, app: PlannedApp): ServicePlan {
    const { tier } = this;
    const skuName = requireText(scope, `size in ${tier.factory}`, this.skuName, `a size such as ${tier.examples}`);
    const correction = rightSize(skuName, app);
    if (!isToken(skuName) && !tier.sizes.test(skuName))
      fail(
        scope,
        "invalid-plan-sku",
        `${tier.factory}("${skuName}") is not a size of ${tier.named} plans.`,
        correction === undefined ? `Use a size such as ${tier.examples}.` : correction,
      );
    if (app.slots && WITHOUT_SLOTS.test(skuName))
      fail(scope, "slots-not-in-tier", `Plans of size ${skuName} have no deployment slots.`, SLOTS_REMEDY);
    return createServicePlan(scope, newPlan, { osType: app.osType, skuName });
  }
}

/** The call that makes what was meant: a size is written `P1v3`, and belongs to one kind of plan. */
function rightSize(skuName: string, { functions }: PlannedApp): string | undefined {
  if (functions && /^(Y1|FC1)$/i.test(skuName))
    return "For a plan that bills each execution, use Backend.flexFunctionApp({ ... }).";
  const upper = skuName.toUpperCase();
  const size = upper.replace(/(?<=^P\d)M?V/, (version) => version.toLowerCase());
  const tier = [DEDICATED, ELASTIC_PREMIUM].find(
    ({ sizes, functionsOnly }) => sizes.test(size) && (functions || !functionsOnly),
  );
  return tier && `Write ${tier.factory}("${size}").`;
}

/** The plan, if it is one. */
export function checkedPlan(scope: Construct, plan = AppServicePlan.dedicated("B1")): AppServicePlan {
  return requireGiven(scope, plan, {
    name: "plan",
    has: ["_bind", "tier"],
    example: 'plan: AppServicePlan.dedicated("P1v3"), or what another factory of AppServicePlan returns',
  });
}

const SLOTS_REMEDY =
  'Use a Standard or Premium plan: plan: AppServicePlan.dedicated("S1") or AppServicePlan.dedicated("P1v3"). Or omit slots.';

/** Creates the plan of one app. */
export function createServicePlan(
  scope: Construct,
  { defaultName, planName, resourceGroup: group, tags }: NewPlan,
  size: { readonly osType: OsType; readonly skuName: string },
): ServicePlan {
  return new azurerm.ServicePlan(scope, "Plan", {
    name:
      planName !== undefined
        ? uniqueName(scope, AZURE_NAMES.servicePlan, planName, { group })
        : globallyUniqueName(scope, defaultName, group, 40),
    resourceGroupName: group.name,
    location: group.location,
    ...size,
    tags: tags && checkedTags(scope, tags),
  });
}

function checkDeclaredPlan(
  scope: Construct,
  existing: IServicePlanRef,
  tier: PlanTier,
  { osType, slots }: PlannedApp,
): void {
  const notChecked = `whether the App Service plan is a ${tier.named} plan for ${osType}`;
  checkUserResource(scope, existing, "azurerm_service_plan", notChecked, (attributes, plan) => {
    const planOsType = literal(attributes, "os_type");
    if (planOsType !== undefined && planOsType !== osType)
      return finding(
        "plan-of-other-system",
        `The plan "${plan.node.path}" has osType "${planOsType}", but the app needs a plan with osType "${osType}".`,
        `Use another plan. Backend.functionApp and Backend.webApp create Linux apps; Backend.windowsFunctionApp and ` +
          `Backend.windowsWebApp create Windows apps.`,
      );
    const skuName = literal(attributes, "sku_name");
    if (slots && skuName !== undefined && WITHOUT_SLOTS.test(skuName))
      return finding(
        "slots-not-in-existing-tier",
        `The plan "${plan.node.path}" has skuName "${skuName}", which has no deployment slots.`,
        SLOTS_REMEDY,
      );
    if (skuName === undefined || !tier.others.test(skuName)) return undefined;
    return finding(
      "plan-of-other-tier",
      `The plan "${plan.node.path}" has skuName "${skuName}", but ${tier.factoryOfExisting}(...) accepts only ${tier.named} plans, ` +
        `such as ${tier.examples}.`,
      `Use AppServicePlan.existing(...) for a dedicated plan, and AppServicePlan.existingElasticPremium(...) for an elastic ` +
        `premium plan.`,
    );
  });
}

function literal(attributes: Rendered, name: string): string | undefined {
  const value: unknown = attributes[name];
  return typeof value === "string" && !isToken(value) ? value : undefined;
}

/** An App Service plan: a `ServicePlan` or `DataAzurermServicePlan`, or `ServicePlanRef.fromAttributes`. */
export interface IServicePlanRef {
  /** Azure resource ID of the plan. */
  readonly id: string;
}

/** Attributes of an App Service plan. */
export interface ServicePlanRefAttributes {
  /** Azure resource ID of the plan. */
  readonly id: string;
}

/** An App Service plan by its attributes. */
export class ServicePlanRef implements IServicePlanRef {
  /** For one that this app does not declare. Its settings cannot be checked, and a warning at synth says which. */
  public static fromAttributes(attributes: ServicePlanRefAttributes): IServicePlanRef {
    const { id } = requireAttributes("ServicePlanRef", attributes, ["id"]);
    return new ServicePlanRef(id);
  }

  private constructor(public readonly id: string) {}
}
