import { TerraformStack } from "cdktf";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { GROUP } from "./synth";

/** A policy that lets everybody in. */
export const OPEN = "<policies/>";

/** The user's own policy of an API, which lets everybody in. */
export function openPolicy(stack: TerraformStack, apiName: string, apiManagementName: string): ApiManagementApiPolicy {
  return new ApiManagementApiPolicy(stack, "Own", {
    apiName,
    apiManagementName,
    resourceGroupName: GROUP.name,
    xmlContent: OPEN,
  });
}

/** The user's own API. */
export function ownApi(stack: TerraformStack, id: string, name: string, apiManagementName: string): ApiManagementApi {
  return new ApiManagementApi(stack, id, {
    name,
    apiManagementName,
    resourceGroupName: GROUP.name,
    revision: "1",
    path: name,
    displayName: name,
    protocols: ["https"],
    subscriptionRequired: true,
  });
}
