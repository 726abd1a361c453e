import { Construct } from "constructs";
import { CLOUDS } from "../azure/clouds/hosts";
import { cloudOf } from "../azure/clouds/stack-cloud";
import { fail } from "../core/fail";

/**
 * Refuses a tier that the cloud of the stack does not have.
 *
 * @see https://learn.microsoft.com/azure/api-management/api-management-features
 */
export function requireTierInCloud(scope: Construct, skuName: string): void {
  const cloud = cloudOf(scope);
  const { title: thisCloud } = CLOUDS[cloud];
  if (cloud !== "public" && skuName.startsWith("Consumption"))
    fail(
      scope,
      "consumption-not-in-cloud",
      `${thisCloud} does not have the Consumption tier, which is the default.`,
      "Write another tier, such as sku: ApimSku.BASIC.",
    );
}
