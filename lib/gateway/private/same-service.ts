import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { standForNamed } from "../../core/claims";
import { isToken } from "../../core/tokens";

/** Where a service that another state owns is found. */
interface ServiceName {
  readonly apimName: string;
  readonly resourceGroupName: string;
  readonly provider?: TerraformProvider;
}

/** Says that a gateway stands for the first one of the app that is reached in the same way and has the same literal name. */
export function standForSameService(gateway: Construct, { apimName, resourceGroupName, provider }: ServiceName): void {
  const where = provider?.node.path ?? TerraformStack.of(gateway).node.path;
  if (![apimName, resourceGroupName].some(isToken)) {
    standForNamed(gateway, `${where}:${resourceGroupName}/${apimName}`.toLowerCase());
  }
}
