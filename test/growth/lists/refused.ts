import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementGatewayApi } from "@cdktf/provider-azurerm/lib/api-management-gateway-api";
import * as lib from "cdktf-secure-apim-backend";
import { eachOn, MakeList } from "./make";
import { newApi, onApi, ownApi, serviceOf } from "./neighbors";

const POLICY = "<policies><inbound><base /></inbound></policies>";

/** What makes synth refuse an API. */
export const REFUSED: Readonly<Record<string, MakeList>> = {
  "another protocol": onApi(({ api }) => api!.addOverride("protocols", ["http"])),
  "another policy": onApi(({ apiPolicy }) => (apiPolicy.xmlContent = POLICY)),
  "a policy that was removed": onApi(({ apiPolicy, node }) => node.tryRemoveChild(apiPolicy.node.id)),
  "a policy beside its own": eachOn((stack, id, gateway) => {
    const { apiName } = newApi(stack, id, gateway);
    new ApiManagementApiPolicy(stack, `${id}Policy`, { ...serviceOf(gateway), apiName, xmlContent: POLICY });
  }),
  "another resource at its address": onApi(({ api }, id, stack) => {
    const twin = new ApiManagementApi(stack, `${id}Twin`, {
      name: id,
      apiManagementName: "contoso",
      resourceGroupName: "platform",
      revision: "1",
    });
    twin.overrideLogicalId(api!.friendlyUniqueId);
  }),
  "a logical ID that comes too late": onApi(({ api }, id) => {
    void api!.friendlyUniqueId;
    api!.overrideLogicalId(`${id}Late`);
  }),
  "a self-hosted gateway": onApi(({ api }, id, stack) => {
    const edge = { gatewayId: "/service/contoso/gateways/edge", apiId: api!.id };
    new ApiManagementGatewayApi(stack, `${id}Edge`, edge);
  }),
  "a lifecycle that ignores changes": onApi(({ apiPolicy }) => {
    apiPolicy.lifecycle = { ...apiPolicy.lifecycle, ignoreChanges: ["xml_content"] };
  }),
  "a lifecycle that was removed": onApi(({ apiPolicy }) => (apiPolicy.lifecycle = undefined)),
  "its declaration in the stack": eachOn((stack, id, gateway) => {
    ownApi(stack, id, gateway);
    const surface = lib.ApiSurface.existingApi(`${id}-own`, lib.PolicyDocument.EMPTY);
    newApi(stack, id, gateway, { surface });
  }),
};
