import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiDiagnostic } from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementGatewayApi } from "@cdktf/provider-azurerm/lib/api-management-gateway-api";
import { ApiManagementNamedValue } from "@cdktf/provider-azurerm/lib/api-management-named-value";
import { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Aspects, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import * as lib from "cdktf-secure-apim-backend";
import { elsewhere } from "../../gateway/everything";
import { GROUP } from "../../helpers/synth";
import { newId } from "../stacks";
import { eachOn, gatewayWith, guidOf, MakeList } from "./make";

const POLICY = "<policies><inbound><base /></inbound></policies>";

type Props = Partial<lib.SecureApimBackendProps>;

/** An API of the library. */
export function newApi(
  scope: Construct,
  id: string,
  gateway: lib.IApimGateway,
  props: Props = {},
): lib.SecureApimBackend {
  return new lib.SecureApimBackend(scope, id, { gateway, backend: elsewhere(id), ...props });
}

/** Something of yours beside each API of the library. */
function beside(make: (stack: TerraformStack, id: string, gateway: lib.IApimGateway) => unknown): MakeList {
  return eachOn((stack, id, gateway) => {
    newApi(stack, id, gateway);
    make(stack, id, gateway);
  });
}

/** Something of yours on each API of the library. */
export function onApi(change: (api: lib.SecureApimBackend, id: string, stack: TerraformStack) => unknown): MakeList {
  return eachOn((stack, id, gateway) => change(newApi(stack, id, gateway), id, stack));
}

/** The service, as your resources name it. */
export function serviceOf(gateway: lib.IApimGateway): { apiManagementName: string; resourceGroupName: string } {
  return { apiManagementName: gateway.apimName, resourceGroupName: gateway.resourceGroupName };
}

/** An API of yours. */
export function ownApi(stack: TerraformStack, id: string, gateway: lib.IApimGateway): ApiManagementApi {
  return new ApiManagementApi(stack, `${id}Own`, {
    ...serviceOf(gateway),
    name: `${id}-own`,
    revision: "1",
    displayName: id,
    path: id,
    protocols: ["https"],
  });
}

function ownDiagnostic(stack: TerraformStack, id: string, gateway: lib.IApimGateway): void {
  new ApiManagementApiDiagnostic(stack, `${id}Diagnostic`, {
    ...serviceOf(gateway),
    apiName: ownApi(stack, id, gateway).name,
    identifier: "applicationinsights",
    apiManagementLoggerId: "/loggers/a",
    frontendResponse: { bodyBytes: 32 },
  });
}

/** An API whose app has a setting with a variable. */
function withVariable(scope: Construct, id: string, gateway: lib.IApimGateway): void {
  const appSettings = { REGION: new TerraformVariable(scope, `${id}Region`, { type: "string" }).stringValue };
  const runtime = lib.AppRuntime.node("22");
  newApi(scope, id, gateway, { backend: lib.Backend.webApp({ resourceGroup: GROUP, runtime, appSettings }) });
}

/** A membership of the library, and one of yours that it can be moved to. */
function memberships(stack: TerraformStack, id: string, gateway: lib.IApimGateway): ApiManagementProductApi[] {
  const products = [new lib.ApimProduct(stack, `${id}Product`, { gateway })];
  const [membership] = newApi(stack, id, gateway, { products }).productApis;
  const target = new ApiManagementProductApi(stack, `${id}Target`, {
    ...serviceOf(gateway),
    apiName: membership.apiNameInput!,
    productId: membership.productIdInput!,
    lifecycle: membership.lifecycle,
  });
  return [membership, target];
}

function headerOf(value: lib.PolicyValue, name = "X-A"): Props {
  return { policy: lib.PolicyDocument.of(lib.PolicyStatement.setHeader(name, value)) };
}

/** What is beside each of many APIs, or what one API has many of. */
export const NEIGHBORS: Readonly<Record<string, MakeList>> = {
  "a resource group": beside((stack, id) => new ResourceGroup(stack, `${id}Group`, { ...GROUP, name: id })),
  "an API of your own": beside(ownApi),
  "an API of your own with a policy": beside((stack, id, gateway) => {
    const { name: apiName } = ownApi(stack, id, gateway);
    new ApiManagementApiPolicy(stack, `${id}Policy`, { ...serviceOf(gateway), apiName, xmlContent: POLICY });
  }),
  "an API of your own on a self-hosted gateway": beside((stack, id, gateway) => {
    const edge = { gatewayId: "/service/contoso/gateways/edge", apiId: ownApi(stack, id, gateway).id };
    new ApiManagementGatewayApi(stack, `${id}Edge`, edge);
  }),
  "a policy of your own for an operation": eachOn((stack, id, gateway) => {
    const { apiName } = newApi(stack, id, gateway);
    const policy = { ...serviceOf(gateway), apiName, operationId: "get", xmlContent: POLICY };
    new ApiManagementApiOperationPolicy(stack, `${id}Policy`, policy);
  }),
  "a named value of your own": beside((stack, id, gateway) => {
    const value = { ...serviceOf(gateway), name: id, displayName: id, value: "a" };
    new ApiManagementNamedValue(stack, `${id}Value`, value);
  }),
  "a diagnostic of your own": beside(ownDiagnostic),
  "a diagnostic of your own, and an MCP server": beside((stack, id, gateway) => {
    ownDiagnostic(stack, id, gateway);
    const source = lib.McpSource.backend(elsewhere(`${id}mcp`));
    const access = lib.McpAccess.subscriptionKey("the models have keys, ADR 7");
    new lib.ApimMcpServer(stack, `${id}Server`, { gateway, source, access });
  }),
  "an existing API": beside((stack, id, gateway) => {
    const surface = lib.ApiSurface.existingApi(`${id}-existing`, lib.PolicyDocument.EMPTY);
    newApi(stack, `${id}Existing`, gateway, { surface });
  }),
  "a named value in a key vault of your own": beside((stack, id, gateway) => {
    const vault = { name: id, tenantId: guidOf(id), skuName: "standard", rbacAuthorizationEnabled: true };
    const own = new KeyVault(stack, `${id}Vault`, {
      ...vault,
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    new lib.ApimNamedValue(stack, `${id}Key`, { gateway, value: lib.NamedValueContent.keyVaultSecret(own, "key") });
  }),
  "an output": onApi(({ apiUrl }, id, stack) => new TerraformOutput(stack, `${id}Url`, { value: apiUrl })),
  "a local value in its address": eachOn((stack, id, gateway) => {
    const host = new TerraformLocal(stack, `${id}Host`, "orders").asString;
    newApi(stack, id, gateway, { backend: elsewhere(host) });
  }),
  "a variable in its policy": eachOn((stack, id, gateway) => {
    const { stringValue } = new TerraformVariable(stack, `${id}Region`, { type: "string" });
    newApi(stack, id, gateway, headerOf(lib.PolicyValue.literal(stringValue)));
  }),
  "a variable in a setting of its app": eachOn(withVariable),
  "a variable beside it in a setting of its app": eachOn((stack, id, gateway) =>
    withVariable(new Construct(stack, `${id}Scope`), id, gateway),
  ),
  "a variable in a setting of its app that the stack does not declare": eachOn((stack, id, gateway) => {
    const app = { resourceGroup: GROUP, runtime: lib.AppRuntime.node("22"), appSettings: { REGION: "${var.region}" } };
    newApi(stack, id, gateway, { backend: lib.Backend.webApp(app) });
  }),
  "an app that the gateway calls without a token at first, and another API": beside((stack, id, gateway) => {
    const host = `https://${id}.azurewebsites.net`;
    const app = `/subscriptions/${guidOf(id)}/resourceGroups/rg/providers/Microsoft.Web/sites/${id}`;
    const signIn = lib.SignIn.acceptBoth("until June, ADR 4");
    newApi(stack, `${id}App`, gateway, { backend: lib.Backend.existingApp(app, host, { signIn }) });
  }),
  "an aspect of your own": onApi((api) => Aspects.of(api).add({ visit: () => {} })),
  "a validation of your own": onApi(({ node }) => node.addValidation({ validate: () => [] })),
  "a logical ID of your own": onApi(({ apiPolicy }, id) => apiPolicy.overrideLogicalId(`${id}Policy`)),
  "an override": onApi(({ api }, id) => api!.addOverride("description", id)),
  "an override on the stack": onApi(({ api }, id, stack) =>
    stack.addOverride(`resource.azurerm_api_management_api.${stack.getLogicalId(api!)}.description`, id),
  ),
  "more in its lifecycle": onApi(({ api }) => (api!.lifecycle = { ...api!.lifecycle, preventDestroy: true })),
  "a provisioner": onApi(({ api }) => (api!.provisioners = [{ type: "local-exec", command: "echo" }])),
  "a dependency": eachOn((stack, id, gateway) => {
    const group = new ResourceGroup(stack, `${id}Group`, { ...GROUP, name: id });
    newApi(stack, id, gateway).node.addDependency(group);
  }),
  "tags of its own": onApi((api, id) => lib.AzureTags.addTo(api, { id })),
  "a resource that was moved to an address": eachOn((stack, id, gateway) => {
    const [membership, target] = memberships(stack, id, gateway);
    membership.moveToId(`${target.terraformResourceType}.${target.friendlyUniqueId}`);
  }),
  "a resource that was moved to a target": eachOn((stack, id, gateway) => {
    const [membership, target] = memberships(stack, id, gateway);
    target.addMoveTarget(id);
    membership.moveTo(id);
  }),
  "a resource that was moved from an address": onApi(({ api }, id) =>
    api!.moveFromId(`azurerm_api_management_api.${id}Old`),
  ),
  "a stack for another cloud": beside((stack, id) => {
    const other = new TerraformStack(stack.node.root, id);
    lib.AzureCloud.use(other, lib.AzureCloud.US_GOVERNMENT);
    gatewayWith(other, { resourceGroup: { name: id, location: "usgovvirginia" } });
  }),
  "a lock on its gateway": eachOn(newApi, { lock: { kind: lib.LockKind.CAN_NOT_DELETE } }),
  "a policy with warnings": eachOn((stack, id, gateway) => {
    const text = `<policies><inbound><base /><x${id} /></inbound></policies>`;
    newApi(stack, id, gateway, { policy: lib.PolicyDocument.fromXml(text) });
  }),
  "nothing, because it was removed": onApi(({ node }, _, stack) => stack.node.tryRemoveChild(node.id)),
  "a policy that reads named values": (stack, entries) => {
    const gateway = gatewayWith(stack);
    const values = entries.map(
      (id) => new lib.ApimNamedValue(stack, id, { gateway, value: lib.NamedValueContent.plain("west") }),
    );
    const statements = values.map(({ policyValue }, index) =>
      lib.PolicyStatement.setHeader(entries[index], policyValue),
    );
    newApi(stack, newId(), gateway, { policy: lib.PolicyDocument.of(...statements) });
  },
  "a policy that reads named values of later": (stack, entries) => {
    const gateway = gatewayWith(stack);
    const statements = entries.map((id) =>
      lib.PolicyStatement.setHeader(id, lib.PolicyValue.expression(`"{{${id.toLowerCase()}}}"`)),
    );
    newApi(stack, newId(), gateway, { policy: lib.PolicyDocument.of(...statements) });
    for (const id of entries)
      new lib.ApimNamedValue(stack, id, {
        gateway,
        namedValueName: id.toLowerCase(),
        value: lib.NamedValueContent.plain("west"),
      });
  },
  "a policy that includes fragments": (stack, entries) => {
    const gateway = gatewayWith(stack);
    const statements = entries.map((id) => {
      const policy = lib.PolicyDocument.EMPTY;
      const fragment = new lib.SecurePolicyFragment(stack, id, { gateway, backend: elsewhere(id), policy });
      return lib.PolicyStatement.includeFragment(fragment.fragmentName, { section: lib.PolicySection.INBOUND });
    });
    newApi(stack, newId(), gateway, { policy: lib.PolicyDocument.of(...statements) });
  },
};
