import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { ServicePlanRef } from "../app-service-plan";
import { OsType, PlanTier } from "./plan-tier";
import { finding } from "../../core/fail";

/** Holds a plan that the same app declares against what runs on it. Of any other plan only Azure knows more than its id. */
export function checkDeclaredPlan(scope: Construct, plan: ServicePlanRef, tier: PlanTier, osType: OsType): void {
  if (!Construct.isConstruct(plan) || !TerraformResource.isTerraformResource(plan)) return;
  scope.node.addValidation({ validate: () => planFindings(plan, tier, osType) });
}

function planFindings(plan: TerraformResource, tier: PlanTier, osType: OsType): string[] {
  const attributes = renderedAttributes(plan);
  const os = literal(attributes, "os_type");
  if (os !== undefined && os !== osType) return [finding("plan-of-other-system", 
          `The plan "${plan.node.path}" has osType "${os}", and an app is to run on it that is one for ${osType}. Write another plan, with ` +
          `osType: "${osType}". Linux apps are made by Backend.functionApp and Backend.webApp, Windows apps by ` +
          `Backend.windowsFunctionApp and Backend.windowsWebApp.`
        )];
  const skuName = literal(attributes, "sku_name");
  if (skuName === undefined || !tier.others.test(skuName)) return [];
  return [finding("plan-of-other-tier", 
          `The plan "${plan.node.path}" has skuName "${skuName}", and ${tier.factoryOfExisting}(...) takes ${tier.named} plans, such as ${tier.examples}. Write a plan of ` +
          `that kind. Dedicated plans are given by AppServicePlan.existing(...), elastic premium ones by ` +
          `AppServicePlan.existingElasticPremium(...).`
        )];
}

function literal(attributes: Rendered, name: string): string | undefined {
  const value: unknown = attributes[name];
  return typeof value === "string" && !isToken(value) ? value : undefined;
}
