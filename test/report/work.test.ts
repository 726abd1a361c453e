import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Testing, TerraformStack } from "cdktf";
import { ApimGateway, AppRuntime, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { reportOn } from "../../lib/report/report";
import { Model } from "../../lib/rules/model/model";
import { Resource } from "../../lib/rules/model/resource";
import { RULES } from "../../lib/rules/rules";
import { judge } from "../../lib/rules/verdicts";
import * as template from "../../lib/rules/model/template";
import { readingsOf } from "../helpers/readings";
import { GROUP } from "../helpers/synth";
import { workOf } from "../helpers/work";

/** The configuration of a gateway in front of so many function apps. */
function configurationOf(count: number): Record<string, unknown> {
  const stack = new TerraformStack(Testing.app(), "app");
  new AzurermProvider(stack, "azurerm", {
    features: [{ storage: [{ dataPlaneAvailable: false }] }],
    storageUseAzuread: true,
  });
  new AzureadProvider(stack, "azuread");
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  for (let i = 0; i < count; i++) {
    const backend = Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    new SecureApimBackend(stack, `Orders${i}`, { gateway, backend });
  }
  return JSON.parse(Testing.synth(stack)) as Record<string, unknown>;
}

const CONFIGURATIONS = [2, 4, 6].map(configurationOf);

function modelOf(json: Record<string, unknown>): Model {
  return new Model(new Map([["app", [{ path: "main.tf.json", json }]]]));
}

/** How many texts of the configuration are read for expressions. */
function textsRead(json: Record<string, unknown>, action: (model: Model) => unknown): number {
  const read = jest.spyOn(template, "templateParts");
  action(modelOf(json));
  const times = read.mock.calls.length;
  read.mockRestore();
  return times;
}

const ACTIONS: readonly (readonly [what: string, action: (model: Model) => unknown])[] = [
  ["rules", (model) => judge(model, RULES, [])],
  ["report", (model) => reportOn(model, { skipped: [], unreadable: [] })],
];

/** What is done for the second part of the same size, and for the third part: as much, unless it grows faster than the configuration. */
function growth(one: number, two: number, three: number): [second: number, third: number] {
  return [two - one, three - two];
}

test.each(ACTIONS)("the %s of more apps read as much more of the configuration", (_, action) => {
  const [two, four, six] = CONFIGURATIONS.map((json) => textsRead(json, action));
  const [second, third] = growth(two, four, six);
  expect(second).toBeGreaterThan(0);
  expect(third).toBe(second);
});

const POLICY = (content: string): string =>
  `<policies><inbound><base />${content}</inbound><backend><base /></backend><outbound><base /></outbound></policies>`;

/** So many of each resource that the report looks for among the others. */
function manyOfEach(count: number): Record<string, unknown> {
  const gateway = "${azurerm_api_management.gateway.name}";
  const signIn = { type: "Microsoft.App/containerApps/authConfigs@2024-03-01", name: "current", body: {} };
  const tool = { type: "Microsoft.ApiManagement/service/apis/tools@2025-03-01-preview", name: "get" };
  const ofEach = (at: number): Record<string, object> => ({
    azuread_application: { display_name: `app-${at}`, identifier_uris: [`api://app-${at}`] },
    azurerm_linux_web_app: { name: `web-${at}` },
    azurerm_linux_web_app_slot: { name: "staging", app_service_id: `\${azurerm_linux_web_app.r${at}.id}` },
    azurerm_private_endpoint: {
      private_service_connection: { private_connection_resource_id: `\${azurerm_linux_web_app.r${at}.id}` },
    },
    azurerm_container_app: { name: `container-${at}` },
    azurerm_storage_account: { name: `files${at}` },
    azurerm_storage_container: { name: "files", storage_account_id: `\${azurerm_storage_account.r${at}.id}` },
    azurerm_role_assignment: { scope: `\${azurerm_storage_account.r${at}.id}`, role_definition_name: "Reader" },
    azurerm_api_management_api: { name: `api-${at}`, api_management_name: gateway },
    azurerm_api_management_api_policy: {
      api_name: `api-${at}`,
      api_management_name: gateway,
      xml_content: POLICY(
        `<include-fragment fragment-id="fragment-${at}" /><set-backend-service backend-id="backend-${at}" />` +
          `<authentication-managed-identity resource="api://app-${at}" />`,
      ),
    },
    azurerm_api_management_api_operation_policy: {
      api_name: `api-${at}`,
      operation_id: "get",
      api_management_name: gateway,
      xml_content: POLICY(""),
    },
    azurerm_api_management_backend: {
      name: `backend-${at}`,
      api_management_name: gateway,
      url: [`https://web-${at}.azurewebsites.net`, `https://files${at}.blob.core.windows.net`][at % 2],
    },
    azurerm_api_management_policy_fragment: { name: `fragment-${at}`, value: "<fragment></fragment>" },
    azurerm_api_management_product: { product_id: `product-${at}`, api_management_name: gateway },
    azurerm_api_management_product_api: {
      product_id: `product-${at}`,
      api_name: `api-${at}`,
      api_management_name: gateway,
    },
    azurerm_api_management_product_policy: {
      product_id: `product-${at}`,
      api_management_name: gateway,
      xml_content: POLICY(""),
    },
  });
  const resource: Record<string, Record<string, object>> = {
    azurerm_api_management: { gateway: { name: "gateway" } },
    azapi_resource: {},
  };
  for (let at = 0; at < count; at++) {
    for (const [type, content] of Object.entries(ofEach(at))) (resource[type] ??= {})[`r${at}`] = content;
    resource.azapi_resource[`signIn${at}`] = { ...signIn, parent_id: `\${azurerm_container_app.r${at}.id}` };
    resource.azapi_resource[`tool${at}`] = { ...tool, parent_id: `\${azurerm_api_management_api.r${at}.id}` };
  }
  return { resource };
}

/** How often something asks for an attribute of a resource, or for what it refers to. */
function questionsIn(json: Record<string, unknown>, action: (model: Model) => unknown): number {
  const spies = [jest.spyOn(Resource.prototype, "at"), jest.spyOn(Resource.prototype, "referenced")];
  action(modelOf(json));
  const times = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
  spies.forEach((spy) => spy.mockRestore());
  return times;
}

const MANY = [10, 20, 30, 40].map(manyOfEach);

test.each(ACTIONS)("the %s of more resources of each type ask as much more of them", (_, action) => {
  const [ten, twenty, thirty] = MANY.map((json) => questionsIn(json, action));
  const [second, third] = growth(ten, twenty, thirty);
  expect(second).toBeGreaterThan(0);
  expect(third).toBe(second);
});

test.each(ACTIONS)("the %s of four times as many resources of each type are four times the work", (_, action) => {
  const [ten, , , forty] = MANY.map((json) => workOf(() => action(modelOf(json))));
  // It is 4.01 for the rules, and 4.03 for the report, which writes longer names and sorts them.
  expect(forty / ten).toBeLessThan(4.1);
});

test.each(ACTIONS)("the %s read the text of each policy once", (_, action) => {
  const ways = readingsOf(() => action(modelOf(MANY[0]))).map(({ way }) => way);
  const ofEach = ["API", "operation", "product", "fragment"].length;
  expect(ways).toEqual(Array<string>(10 * ofEach).fill("XML"));
});
