import { Fn, Op, Precondition } from "cdktf";
import { Construct } from "constructs";
import * as errors from "../core/tier-errors";
import { asArgument, isToken } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";

/**
 * Refuses a gateway of the Consumption tier: at synth, or by Terraform where it alone knows the tier.
 *
 * @param what that the tier does not have
 * @param instead what to write otherwise
 */
export function refuseConsumption(
  scope: Construct,
  gateway: IApimGateway,
  what: string,
  instead: string,
): Precondition[] {
  const { skuName } = gateway;
  if (isToken(skuName)) {
    const isConsumption = Fn.startswith(asArgument(skuName), "Consumption");
    return [{ condition: Op.not(isConsumption), errorMessage: errors.notOnConsumptionAtPlan(what, instead) }];
  }
  if (skuName.startsWith("Consumption")) throw errors.notOnConsumption(scope, what, instead);
  return [];
}
