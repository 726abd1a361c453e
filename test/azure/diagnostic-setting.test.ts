import { TerraformStack } from "cdktf";
import { ApimGateway, AppServicePlan, Backend, IApimBackend, LockKind } from "cdktf-secure-apim-backend";
import { CREATED, secure } from "../backends/apps/behind-gateway";
import { order } from "../helpers/graph";
import { refusal } from "../helpers/refusal";
import { all, GROUP, Json, only, stackWithProviders, synth } from "../helpers/synth";

/* Diagnostic settings and locks, with the properties that they have in Azure Verified Modules. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const KINDS: Record<string, (props: Untyped) => IApimBackend> = {
  azurerm_linux_function_app: (props) => Backend.functionApp({ ...CREATED, ...props }),
  azurerm_windows_function_app: (props) => Backend.windowsFunctionApp({ ...CREATED, ...props }),
  azurerm_function_app_flex_consumption: (props) => Backend.flexFunctionApp({ ...CREATED, ...props }),
  azurerm_linux_web_app: (props) => Backend.webApp({ ...CREATED, ...props }),
  azurerm_windows_web_app: (props) => Backend.windowsWebApp({ ...CREATED, ...props }),
  azurerm_container_app: (props) =>
    Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 80, ...props }),
};
const WORKSPACE = { id: "/workspaces/logs" };

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

describe.each(Object.keys(KINDS))("%s", (type) => {
  test("sends all its logs and metrics to a workspace", () => {
    secure(stack, KINDS[type]({ diagnosticSettings: [{ name: "platform", workspace: WORKSPACE }] }));
    expect(only(synth(stack), "azurerm_monitor_diagnostic_setting")).toEqual({
      name: "platform",
      target_resource_id: `\${${type}.Orders_Backend_0F5C7089.id}`,
      log_analytics_workspace_id: WORKSPACE.id,
      enabled_log: [{ category_group: "allLogs" }],
      enabled_metric: [{ category: "AllMetrics" }],
    });
  });

  test("is locked after all that the lock covers", () => {
    const kind = LockKind.CAN_NOT_DELETE;
    secure(stack, KINDS[type]({ lock: { kind }, diagnosticSettings: [{ name: "platform", workspace: WORKSPACE }] }));
    const json = synth(stack);
    const { depends_on: after, ...lock } = only(json, "azurerm_management_lock");
    expect(lock).toMatchObject({
      name: `lock-${kind}`,
      lock_level: kind,
      scope: `\${${type}.Orders_Backend_0F5C7089.id}`,
    });
    const ofApp = Object.keys(json.resource)
      .filter((each) => /diagnostic_setting|_app|azapi_resource/.test(each) && !/azuread/.test(each))
      .flatMap((each) => Object.keys(json.resource[each]).map((name) => `${each}.${name}`))
      .filter((address) => !address.includes("api_management"));
    expect(after).toEqual(expect.arrayContaining(ofApp));
    expect(() => order(json)).not.toThrow();
  });

  test("shows both as properties, once they exist", () => {
    const backend = KINDS[type]({
      lock: { kind: LockKind.CAN_NOT_DELETE, name: "frozen" },
      diagnosticSettings: [{ name: "platform", workspace: WORKSPACE }],
    }) as Untyped;
    expect(() => backend.managementLock).toThrow(refusal("never-bound", "managementLock"));
    expect(() => backend.diagnosticSettings).toThrow(refusal("never-bound", "diagnosticSettings"));
    secure(stack, backend);
    expect(backend.managementLock.nameInput).toBe("frozen");
    expect(backend.diagnosticSettings.map((each: Untyped) => each.nameInput)).toEqual(["platform"]);
  });

  test("has neither by default", () => {
    const backend = KINDS[type]({}) as Untyped;
    secure(stack, backend);
    expect([backend.managementLock, backend.diagnosticSettings]).toEqual([undefined, []]);
    expect(Object.keys(synth(stack).resource).filter((each) => /lock|diagnostic_setting/.test(each))).toEqual([]);
  });
});

const setting = (props: Untyped): Json => {
  secure(stack, Backend.webApp({ ...CREATED, diagnosticSettings: [{ name: "platform", ...props }] }));
  return only(synth(stack), "azurerm_monitor_diagnostic_setting");
};

test("categories instead of all logs, no metrics, and other destinations", () => {
  expect(
    setting({
      logCategories: ["AppServiceHTTPLogs"],
      metricCategories: [],
      storageAccountResourceId: "/storage",
      eventHubAuthorizationRuleResourceId: "/rules/send",
      eventHubName: "logs",
      marketplacePartnerResourceId: "/partner",
    }),
  ).toEqual({
    name: "platform",
    target_resource_id: "${azurerm_linux_web_app.Orders_Backend_0F5C7089.id}",
    storage_account_id: "/storage",
    eventhub_authorization_rule_id: "/rules/send",
    eventhub_name: "logs",
    partner_solution_id: "/partner",
    enabled_log: [{ category: "AppServiceHTTPLogs" }],
    enabled_metric: [],
  });
});

test("a group of logs, each with a table of its own", () => {
  const { enabled_log: logs, log_analytics_destination_type: type } = setting({
    logGroups: ["audit"],
    workspace: WORKSPACE,
    logAnalyticsDestinationType: "Dedicated",
  });
  expect(logs).toEqual([{ category_group: "audit" }]);
  expect(type).toBe("Dedicated");
});

test("a gateway sends its logs, too", () => {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    diagnosticSettings: [{ name: "platform", workspace: WORKSPACE }],
  });
  expect(only(synth(stack), "azurerm_monitor_diagnostic_setting").target_resource_id).toBe(
    "${azurerm_api_management.Gateway_43CB3636.id}",
  );
  expect(gateway.diagnosticSettings).toHaveLength(1);
});

test("a slot sends its logs like its app", () => {
  const slots = [{ name: "staging" }];
  const diagnosticSettings = [{ name: "platform", workspace: WORKSPACE }];
  const plan = AppServicePlan.dedicated("S1");
  const backend = Backend.webApp({ ...CREATED, plan, slots, diagnosticSettings });
  secure(stack, backend);
  const targets = Object.values<Json>(all(synth(stack), "azurerm_monitor_diagnostic_setting")).map(
    ({ target_resource_id: id }) => id.replace(/\.Orders.*\.id/, ""),
  );
  expect(targets.sort()).toEqual(["${azurerm_linux_web_app_slot}", "${azurerm_linux_web_app}"]);
  expect(backend.slotResources.staging.diagnosticSettings).toHaveLength(1);
});

test.each([
  ["without a destination", [{ name: "platform" }], "diagnostic-setting-without-destination", '"platform"'],
  ["of one name", [1, 2].map(() => ({ name: "a", workspace: WORKSPACE })), "diagnostic-setting-name-taken", '"a"'],
  [
    "of one name but for its case",
    ["a", "A"].map((name) => ({ name, workspace: WORKSPACE })),
    "diagnostic-setting-name-taken",
    '"A"',
  ],
  [
    "with groups and categories",
    [{ name: "a", workspace: WORKSPACE, logGroups: ["audit"], logCategories: ["AppServiceHTTPLogs"] }],
    "log-groups-with-categories",
    '"a"',
  ],
  [
    "that send nothing",
    [{ name: "a", workspace: WORKSPACE, logGroups: [], metricCategories: [] }],
    "diagnostic-setting-without-content",
    '"a"',
  ],
  ["with a name that Azure refuses", [{ name: "a/b", workspace: WORKSPACE }], "invalid-name", '"a/b"'],
  ["without a name", [{ workspace: WORKSPACE }], "wrong-value", "diagnosticSettings"],
  ["that is no list", { name: "platform" }, "not-a-list", "diagnosticSettings"],
  ["with a workspace that is its name", [{ name: "a", workspace: "logs" }], "wrong-value", "workspace"],
  [
    "with a category that is no list",
    [{ name: "a", workspace: WORKSPACE, logGroups: "all" }],
    "not-a-list",
    "logGroups",
  ],
])("diagnostic settings %s", (_, diagnosticSettings, id, value) => {
  expect(() => secure(stack, KINDS.azurerm_linux_web_app({ diagnosticSettings }))).toThrow(refusal(id, value));
});

test("a diagnostic setting has another name than that of the access logs, of a slot too", () => {
  const props = {
    ...CREATED,
    plan: AppServicePlan.dedicated("S1"),
    accessLogs: { id: "/logs" },
    slots: [{ name: "staging" }],
  };
  const named = (name: string) => Backend.webApp({ ...props, diagnosticSettings: [{ name, workspace: WORKSPACE }] });
  expect(() => secure(stack, named("Access"))).toThrow(refusal("diagnostic-setting-name-taken", '"Access"'));
  stack = stackWithProviders();
  expect(() => secure(stack, named("platform"))).not.toThrow();
});

test.each([
  ["its name", "CanNotDelete", "wrong-value", '"CanNotDelete"'],
  ["of the kind under which no plan works", { kind: "ReadOnly" }, "read-only-lock", "CAN_NOT_DELETE"],
  ["another kind", { kind: "Delete" }, "unknown-member", '"Delete"'],
  ["no kind", {}, "wrong-value", "lock"],
  ["a name that Azure refuses", { kind: LockKind.CAN_NOT_DELETE, name: "a/b" }, "invalid-name", '"a/b"'],
])("a lock that is %s", (_, lock, id, value) => {
  expect(() => secure(stack, KINDS.azurerm_linux_web_app({ lock }))).toThrow(refusal(id, value));
});
