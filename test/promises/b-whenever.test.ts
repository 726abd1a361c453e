import { TerraformElement, TerraformStack } from "cdktf";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { IConstruct } from "constructs";
import { AzapiElement } from "../helpers/azapi";
import { OWN_APP } from "../helpers/own-app";
import { OPEN, openPolicy, ownApi } from "../helpers/open-policy";
import { refusal } from "../helpers/refusal";
import { findings, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* What opens an app or an API from beside, whenever it is added, and wherever. */

const { ApimGateway, ApimSku, ApiSurface, Audience, Backend, SecureApimBackend } = packed();

const API_POLICY = "azurerm_api_management_api_policy";
const TURNED_OFF = {
  type: "Microsoft.Web/sites/config@2023-12-01",
  name: "authsettingsV2",
  body: { properties: { platform: { enabled: false } } },
};

/** What is closed, and where to add what opens it. */
interface Closed {
  readonly stack: TerraformStack;
  readonly other: TerraformStack;
  readonly backend: Json;
  readonly app: LinuxWebApp;
}

const policyOf = ({ backend: { apiPolicy } }: Closed): Json => ({
  apiName: apiPolicy.apiNameInput,
  apiManagementName: apiPolicy.apiManagementNameInput,
  resourceGroupName: GROUP.name,
  xmlContent: OPEN,
});
const rendered = ({ backend: { apiPolicy } }: Closed): Json => ({
  api_name: apiPolicy.apiNameInput,
  api_management_name: apiPolicy.apiManagementNameInput,
  resource_group_name: GROUP.name,
  xml_content: OPEN,
});
const slotOf = ({ app }: Closed): Json => ({ name: "staging", appServiceId: app.id, siteConfig: {} });

const WHAT: [what: string, add: (closed: Closed) => void, error: string, named: string][] = [
  [
    "a policy",
    (all) => new ApiManagementApiPolicy(all.stack, "Own", policyOf(all) as never),
    "policy-beside",
    "app/Own",
  ],
  [
    "a policy in the construct of the API",
    (all) => new ApiManagementApiPolicy(all.backend as never, "Own", policyOf(all) as never),
    "policy-beside",
    "app/Orders/Own",
  ],
  [
    "a policy below the policy of the API",
    (all) => new ApiManagementApiPolicy(all.backend.apiPolicy, "Own", policyOf(all) as never),
    "policy-beside",
    "app/Orders/Policy/Own",
  ],
  [
    "a policy of another stack",
    (all) => new ApiManagementApiPolicy(all.other, "Own", policyOf(all) as never),
    "policy-beside",
    "other/Own",
  ],
  [
    "a policy of another stack, by the name of the API",
    (all) => new ApiManagementApiPolicy(all.other, "Own", { ...policyOf(all), apiName: all.backend.api.name } as never),
    "policy-beside",
    "other/Own",
  ],
  [
    "a policy of an operation in the construct of the API",
    (all) =>
      new ApiManagementApiOperationPolicy(all.backend as never, "Own", { ...policyOf(all), operationId: "a" } as never),
    "operation-policy-beside",
    "app/Orders/Own",
  ],
  [
    "a policy of an override",
    (all) => all.stack.addOverride(`resource.${API_POLICY}.own`, rendered(all)),
    "policy-beside",
    `${API_POLICY}.own`,
  ],
  [
    "a policy of an override of another stack",
    (all) => all.other.addOverride(`resource.${API_POLICY}.own`, rendered(all)),
    "policy-beside",
    `${API_POLICY}.own`,
  ],
  [
    "a policy of an override, in a list",
    (all) => all.stack.addOverride(`resource.${API_POLICY}.own`, [rendered(all)]),
    "policy-beside",
    `${API_POLICY}.own`,
  ],
  ["a slot", (all) => new LinuxWebAppSlot(all.stack, "Slot", slotOf(all) as never), "slot-not-locked", "app/Slot"],
  [
    "a slot of another stack",
    (all) => new LinuxWebAppSlot(all.other, "Slot", slotOf(all) as never),
    "slot-not-locked",
    "other/Slot",
  ],
  [
    "a slot of an override",
    ({ stack, app }) => stack.addOverride("resource.azurerm_linux_web_app_slot.own", { app_service_id: app.id }),
    "app-opened-beside",
    "azurerm_linux_web_app_slot.own",
  ],
  [
    "a sign-in of azapi",
    ({ stack, app }) => new AzapiElement(stack, "SignIn", { ...TURNED_OFF, parent_id: app.id }),
    "app-opened-beside",
    "app/SignIn",
  ],
  [
    "a sign-in of azapi, by an override",
    ({ stack, app }) => stack.addOverride("resource.azapi_update_resource.own", { ...TURNED_OFF, parent_id: app.id }),
    "app-opened-beside",
    "azapi_update_resource.own",
  ],
];

/** Adds something in the first validation that is run. */
function inValidation(node: IConstruct, action: () => void): void {
  let isDone = false;
  node.node.addValidation({
    validate: () => {
      if (!isDone) action();
      isDone = true;
      return [];
    },
  });
}

/** Declares what is closed, with something before and after it. */
function declared(before: (stack: TerraformStack) => void = () => undefined): Closed {
  const stack = stackWithProviders();
  const other = new TerraformStack(stack.node.root, "other");
  new AzurermProvider(other, "azurerm", { features: [{}] });
  before(stack);
  const publisher = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  const gateway = new ApimGateway(stack, "Gateway", { resourceGroup: GROUP, sku: ApimSku.DEVELOPER, ...publisher });
  const app = new LinuxWebApp(stack, "App", OWN_APP);
  const url = Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  const backend = new SecureApimBackend(stack, "Orders", { gateway, backend: url });
  new SecureApimBackend(stack, "Stock", { gateway, backend: Backend.fromLinuxWebApp(app) });
  return { stack, other, backend, app };
}

describe.each(WHAT)("%s is refused", (_, add, error, named) => {
  const expected = [refusal(error, `"${named}"`)];

  test("if it is declared", () => {
    const closed = declared();
    add(closed);
    expect(findings(closed.stack)).toEqual(expected);
  });

  test("if a validation before all others adds it", () => {
    const closed: Closed = declared((stack) => inValidation(stack, () => add(closed)));
    expect(findings(closed.stack)).toEqual(expected);
  });

  test("if a validation of the stack after ours adds it", () => {
    const closed = declared();
    inValidation(closed.stack, () => add(closed));
    expect(findings(closed.stack)).toEqual(expected);
  });

  test("if a validation of the last element adds it", () => {
    const closed = declared();
    inValidation(new TerraformElement(closed.stack, "Last"), () => add(closed));
    expect(findings(closed.stack)).toEqual(expected);
  });
});

test("nothing is wrong with what is closed", () => {
  expect(() => synth(declared().stack)).not.toThrow();
});

describe("moves", () => {
  const SAME = ({ apiPolicy }: Json): never =>
    ({
      apiName: apiPolicy.apiNameInput,
      apiManagementName: apiPolicy.apiManagementNameInput,
      resourceGroupName: apiPolicy.resourceGroupNameInput,
      xmlContent: apiPolicy.xmlContentInput,
      lifecycle: apiPolicy.lifecycle,
    }) as never;

  test.each([1, 2, 3])("a policy that was moved %d times is no second one", (times) => {
    const { stack, backend } = declared();
    let last = backend.apiPolicy;
    for (let time = 1; time <= times; time++) {
      const next = new ApiManagementApiPolicy(stack, `Moved${time}`, SAME(backend));
      next.overrideLogicalId(`moved${time}`);
      last.moveToId(`${API_POLICY}.moved${time}`);
      last = next;
    }
    expect(Object.keys(synth(stack).resource[API_POLICY])).toContain(`moved${times}`);
  });

  test("a policy that was moved to that of the API is not written, and no second one", () => {
    const closed = declared();
    const moved = new ApiManagementApiPolicy(closed.stack, "Own", policyOf(closed) as never);
    moved.moveToId(`${API_POLICY}.${closed.stack.getLogicalId(closed.backend.apiPolicy)}`);
    expect(Object.keys(synth(closed.stack).resource[API_POLICY])).not.toContain("Own");
  });

  test("a nested stack is another one", () => {
    const { stack, backend } = declared();
    const inner = new TerraformStack(stack, "inner");
    new AzurermProvider(inner, "azurerm", { features: [{}] });
    new ApiManagementApiPolicy(inner, "Moved", SAME(backend)).overrideLogicalId("moved");
    backend.apiPolicy.moveToId(`${API_POLICY}.moved`);
    expect(findings(stack)).toContainEqual(refusal("moved-out-of-stack", '"app/Orders/Policy"'));
  });
});

describe("in an app of several stacks", () => {
  const publisher = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  const URL_BACKEND = (): Json =>
    Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  const stacks = (): TerraformStack[] => {
    const app = stackWithProviders();
    const other = new TerraformStack(app.node.root, "other");
    new AzurermProvider(other, "azurerm", { features: [{}] });
    return [app, other];
  };
  const gatewayIn = (stack: TerraformStack): Json =>
    new ApimGateway(stack, "Gateway", { resourceGroup: GROUP, sku: ApimSku.DEVELOPER, ...publisher });

  test("a policy of another stack for its own API, with the same IDs, is fine", () => {
    const [app, other] = stacks();
    const [gateway, otherGateway] = [app, other].map(gatewayIn);
    const otherApi = ownApi(other, "Api", "orders-other", otherGateway.apimName);
    openPolicy(other, otherApi.name, otherGateway.apimName);
    const surface = ApiSurface.fromApi(ownApi(app, "Api", "orders", gateway.apimName));
    new SecureApimBackend(app, "Orders", { gateway, backend: URL_BACKEND(), surface });
    expect(() => synth(app)).not.toThrow();
  });

  test("a policy of another stack for an API of the same name on its own gateway is fine", () => {
    const [app, other] = stacks();
    const [gateway, otherGateway] = [app, other].map(gatewayIn);
    openPolicy(other, "orders", otherGateway.apimName);
    const surface = ApiSurface.fromApi(ownApi(app, "Api", "orders", gateway.apimName));
    new SecureApimBackend(app, "Orders", { gateway, backend: URL_BACKEND(), surface });
    expect(() => synth(app)).not.toThrow();
  });

  test("a policy in the stack of the gateway is refused", () => {
    const [app, other] = stacks();
    const gateway = gatewayIn(other);
    const surface = ApiSurface.fromApi(ownApi(app, "Api", "orders", gateway.apimName));
    new SecureApimBackend(app, "Orders", { gateway, backend: URL_BACKEND(), surface });
    openPolicy(other, "orders", gateway.apimName);
    expect(findings(app)).toEqual([refusal("policy-beside", '"other/Own"')]);
  });
});
