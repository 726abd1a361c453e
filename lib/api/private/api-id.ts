import { Fn } from "cdktf";
import { IApimGateway } from "../../gateway/gateway";

/** Azure resource id of an API by its name, without a revision. */
export function apiIdOn(gateway: IApimGateway, apiName: string): string {
  return Fn.join("/", [gateway.apimId, "apis", apiName]);
}
