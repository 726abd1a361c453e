import { Fn, Op, Precondition } from "cdktf";
import { Construct } from "constructs";
import { asArgument, isToken } from "../core/tokens";
import { IApimGateway } from "../gateway/gateway";
import { fail, finding } from "../core/fail";

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
    return [{ condition: Op.not(isConsumption), errorMessage: finding("not-on-consumption-at-plan", `${what} does not exist on the Consumption tier, which this gateway has. Take a gateway of another tier, or ${instead}.`) }];
  }
  if (skuName.startsWith("Consumption")) fail(scope, "not-on-consumption", `${what} does not exist on the Consumption tier. Write another tier, for example sku: ApimSku.BASIC_V2, or ${instead}.`);
  return [];
}
