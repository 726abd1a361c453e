import { TerraformProvider, TerraformStack } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { originalOf, standForNamed } from "../../core/claims";
import { seenFromStack } from "../../core/labels";
import { isToken } from "../../core/tokens";

/** Where a service that another state owns is found. */
interface ServiceName {
  readonly apimName: string;
  readonly resourceGroupName: string;
  readonly provider?: TerraformProvider;
}

const keys = new WeakMap<IConstruct, string>();

/**
 * Says that a gateway stands for the first one of the app that is reached in the same way and has the same literal name. It does
 * so for paths and names on the service; what the service is called depends on no order.
 */
export function standForSameService(gateway: Construct, { apimName, resourceGroupName, provider }: ServiceName): void {
  if ([apimName, resourceGroupName].some(isToken)) return;
  const names = [resourceGroupName, apimName].map((name) => name.toLowerCase());
  const key = [TerraformStack.of(gateway).node.path, provider?.alias ?? [], names].flat(2).join("/");
  keys.set(gateway, key);
  standForNamed(gateway, key);
}

/** What a service is called in the app: by its literal name, or by the path of its construct. */
export function serviceKey(gateway: IConstruct): string {
  return keys.get(gateway) ?? originalOf(gateway).node.path;
}

/** The same as seen from a construct. */
export function serviceLabel(gateway: IConstruct, seenFrom: IConstruct): string {
  return seenFromStack(keys.has(gateway) ? gateway : originalOf(gateway), serviceKey(gateway), seenFrom);
}
