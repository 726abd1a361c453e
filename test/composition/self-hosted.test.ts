import { TerraformStack } from "cdktf";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { DataAzurermApiManagementApi } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api";
import { ApiManagementGatewayApi } from "@cdktf/provider-azurerm/lib/api-management-gateway-api";
import {
  ApimGateway,
  ApiSurface,
  Audience,
  Backend,
  IApimGateway,
  IApiSurface,
  PolicyDocument,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { AzapiResource } from "../../lib/azure/azapi";
import { refusal } from "../helpers/refusal";
import { findings, stackWithProviders, synth } from "../helpers/synth";

/* A self-hosted gateway does not have the managed identity of the service, so no call from there could succeed. */

const GUID = "11111111-2222-3333-4444-555555555555";
const SERVICE = "/subscriptions/s/resourceGroups/platform/providers/Microsoft.ApiManagement/service";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
});

const secure = (surface: IApiSurface = ApiSurface.wildcard()): SecureApimBackend =>
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.url("https://orders.contoso.com", Audience.clientId(GUID)),
    surface,
  });
const give = (apiId: string, scope = stack): ApiManagementGatewayApi =>
  new ApiManagementGatewayApi(scope, "Edge", { gatewayId: `${SERVICE}/contoso/gateways/edge`, apiId });

const FOUND = refusal(
  "api-on-self-hosted-gateway",
  "[app/Orders]",
  '"app/Edge"',
  'authentication-provider="WorkloadIdentity"',
  "registration.grantInvoke(Caller.servicePrincipal(",
);

test.each<[string, () => string]>([
  ["an API that is created", () => secure().api?.id ?? ""],
  [
    "the user's own API",
    () => {
      const api = new ApiManagementApi(stack, "Api", {
        name: "own",
        apiManagementName: "contoso",
        resourceGroupName: "platform",
        revision: "1",
        path: "own",
        protocols: ["https"],
      });
      secure(ApiSurface.fromApi(api));
      return api.id;
    },
  ],
  [
    "an existing API, by its ID",
    () => {
      secure(ApiSurface.existingApi("orders", PolicyDocument.EMPTY));
      return `${SERVICE}/Contoso/apis/Orders`;
    },
  ],
  [
    "an existing API, by its data source",
    () => {
      secure(ApiSurface.existingApi("orders", PolicyDocument.EMPTY));
      const read = stack.node.findAll().find((node) => node instanceof DataAzurermApiManagementApi);
      return read?.id ?? "";
    },
  ],
  [
    "an API, by an ID below that of the gateway,",
    () => {
      secure(ApiSurface.existingApi("orders", PolicyDocument.EMPTY));
      return `${gateway.apimId}/apis/orders`;
    },
  ],
])("%s cannot be given to a self-hosted gateway", (_, declare) => {
  give(declare());
  expect(findings(stack)).toEqual([FOUND]);
});

test("in a list of APIs, it cannot either", () => {
  const { api } = secure();
  give("${each.value}").addOverride("for_each", `\${toset([${api?.fqn}.id])}`);
  expect(findings(stack)).toEqual([FOUND]);
});

test("from another stack, it cannot either", () => {
  const { api } = secure();
  const edge = new TerraformStack(stack.node.root, "edge");
  give(api?.id ?? "", edge);
  expect(findings(stack)).toEqual([refusal("api-on-self-hosted-gateway", "[app/Orders]", '"edge/Edge"')]);
});

test("with azapi, it cannot either", () => {
  secure();
  new AzapiResource(stack, "Edge", {
    resourceType: "azapi_resource",
    type: "Microsoft.ApiManagement/service/gateways/apis@2022-08-01",
    name: "orders",
    parentId: `${SERVICE}/contoso/gateways/edge`,
    body: {},
  });
  expect(findings(stack)).toEqual([FOUND]);
});

test.each([
  ["another API", `${SERVICE}/contoso/apis/invoices`],
  ["an API of this name on another service", `${SERVICE}/fabrikam/apis/orders`],
])("%s can be given to one", (_, id) => {
  secure();
  give(id);
  expect(() => synth(stack)).not.toThrow();
});
