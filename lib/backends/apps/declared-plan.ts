import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { IServicePlanRef } from "../../azure/refs/service-plan";
import { inspectable } from "../../azure/user-resource";
import { finding } from "../../core/fail";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { OsType, PlanTier } from "./plan-tier";

/** Checks at synth that the plan fits the app that runs on it. */
export function checkDeclaredPlan(scope: Construct, plan: IServicePlanRef, tier: PlanTier, osType: OsType): void {
  const notChecked = `whether the App Service plan is a ${tier.named} plan for ${osType}`;
  const resource = inspectable(scope, plan, ["azurerm_service_plan"], notChecked);
  if (resource) scope.node.addValidation({ validate: () => planFindings(resource, tier, osType) });
}

function planFindings(plan: TerraformResource, tier: PlanTier, osType: OsType): string[] {
  const attributes = renderedAttributes(plan);
  const os = literal(attributes, "os_type");
  if (os !== undefined && os !== osType)
    return [
      finding(
        "plan-of-other-system",
        `The plan "${plan.node.path}" has osType "${os}", but the app needs a plan with osType "${osType}".`,
        `Use another plan. Backend.functionApp and Backend.webApp create Linux apps; Backend.windowsFunctionApp and ` +
          `Backend.windowsWebApp create Windows apps.`,
      ),
    ];
  const skuName = literal(attributes, "sku_name");
  if (skuName === undefined || !tier.others.test(skuName)) return [];
  return [
    finding(
      "plan-of-other-tier",
      `The plan "${plan.node.path}" has skuName "${skuName}", but ${tier.factoryOfExisting}(...) takes ${tier.named} plans, ` +
        `such as ${tier.examples}.`,
      `Use AppServicePlan.existing(...) for a dedicated plan, and AppServicePlan.existingElasticPremium(...) for an elastic ` +
        `premium plan.`,
    ),
  ];
}

function literal(attributes: Rendered, name: string): string | undefined {
  const value: unknown = attributes[name];
  return typeof value === "string" && !isToken(value) ? value : undefined;
}
