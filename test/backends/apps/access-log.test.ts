import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { TerraformStack } from "cdktf";
import { Backend, LogAnalyticsWorkspaceRef } from "cdktf-secure-apim-backend";
import { GROUP, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

test.each([
  ["webApp", "linux_web_app", ["AppServiceAuthenticationLogs", "AppServiceHTTPLogs"]],
  ["windowsWebApp", "windows_web_app", ["AppServiceAuthenticationLogs", "AppServiceHTTPLogs"]],
  ["functionApp", "linux_function_app", ["AppServiceAuthenticationLogs"]],
  ["windowsFunctionApp", "windows_function_app", ["AppServiceAuthenticationLogs"]],
  ["flexFunctionApp", "function_app_flex_consumption", ["AppServiceAuthenticationLogs"]],
] as const)("a %s logs who was refused, if there is a workspace for it", (factory, type, categories) => {
  const workspace = new LogAnalyticsWorkspace(stack, "Logs", {
    name: "logs",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
  });
  const backend = Backend[factory]({ ...CREATED, accessLogs: workspace });
  secure(stack, backend);
  const json = synth(stack);
  expect(only(json, "azurerm_monitor_diagnostic_setting")).toEqual({
    name: "access",
    target_resource_id: `\${azurerm_${type}.Orders_Backend_0F5C7089.id}`,
    log_analytics_workspace_id: "${azurerm_log_analytics_workspace.Logs.id}",
    enabled_log: categories.map((category) => ({ category })),
  });
  expect(backend.accessLog?.nameInput).toBe("access");
});

test("the workspace may be an existing one", () => {
  const accessLogs = LogAnalyticsWorkspaceRef.fromAttributes({ id: "/workspace" });
  secure(stack, Backend.webApp({ ...CREATED, accessLogs }));
  expect(only(synth(stack), "azurerm_monitor_diagnostic_setting").log_analytics_workspace_id).toBe("/workspace");
});

test("without a workspace nothing is logged", () => {
  const backend = Backend.webApp(CREATED);
  secure(stack, backend);
  expect(synth(stack).resource).not.toHaveProperty("azurerm_monitor_diagnostic_setting");
  expect(backend.accessLog).toBeUndefined();
});
