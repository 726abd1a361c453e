import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import * as errors from "../../core/errors";
import { Rendered, renderedAttributes } from "../../core/rendered";
import { isToken } from "../../core/tokens";
import { ServicePlanRef } from "../app-service-plan";
import { OsType, PlanTier } from "./plan-tier";

/** Holds a plan that the same app declares against what runs on it. Of any other plan only Azure knows more than its id. */
export function checkDeclaredPlan(scope: Construct, plan: ServicePlanRef, tier: PlanTier, osType: OsType): void {
  if (!Construct.isConstruct(plan) || !TerraformResource.isTerraformResource(plan)) return;
  scope.node.addValidation({ validate: () => planFindings(plan, tier, osType) });
}

function planFindings(plan: TerraformResource, tier: PlanTier, osType: OsType): string[] {
  const attributes = renderedAttributes(plan);
  const os = literal(attributes, "os_type");
  if (os !== undefined && os !== osType) return [errors.planOfOtherSystem(plan.node.path, os, osType)];
  const skuName = literal(attributes, "sku_name");
  if (skuName === undefined || !tier.others.test(skuName)) return [];
  return [errors.planOfOtherTier(plan.node.path, skuName, tier.factoryOfExisting, tier.named, tier.examples)];
}

function literal(attributes: Rendered, name: string): string | undefined {
  const value: unknown = attributes[name];
  return typeof value === "string" && !isToken(value) ? value : undefined;
}
