import { TerraformStack } from "cdktf";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import {
  AppRuntime,
  AppServicePlan,
  Backend,
  FunctionAppProps,
  IApimBackend,
  StorageRole,
} from "cdktf-secure-apim-backend";
import { all, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, insightsIn, secure } from "./behind-gateway";
import { settingsOf } from "./settings-of";

/* Function apps on a plan. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const roles = (json: Json): string[] =>
  Object.values<Json>(all(json, "azurerm_role_assignment")).map(
    (role) => `${role.role_definition_name} on ${role.scope} to ${role.principal_id}`,
  );

const RUNTIMES: [string, AppRuntime, Json][] = [
  ["Node.js", AppRuntime.node("22"), { node_version: "22" }],
  ["Python", AppRuntime.python("3.12"), { python_version: "3.12" }],
  [".NET", AppRuntime.dotnet("8.0"), { dotnet_version: "8.0", use_dotnet_isolated_runtime: true }],
  ["Java", AppRuntime.java("21"), { java_version: "21" }],
  ["PowerShell", AppRuntime.powershell("7.4"), { powershell_core_version: "7.4" }],
];

describe("on Linux", () => {
  const functionApp = (props: Partial<FunctionAppProps> = {}): IApimBackend =>
    Backend.functionApp({ ...CREATED, ...props });

  test.each(RUNTIMES)("runs %s", (_, runtime, stackOfApp) => {
    secure(stack, functionApp({ runtime }));
    expect(only(synth(stack), "azurerm_linux_function_app").site_config.application_stack).toEqual(stackOfApp);
  });

  test("reaches its storage with its own identity, and the account has no keys to use", () => {
    secure(stack, functionApp({ extraStorageRoles: [StorageRole.QUEUE_DATA_CONTRIBUTOR, StorageRole.of("Reader")] }));
    const json = synth(stack);
    const account = "azurerm_storage_account.Orders_Backend_Storage_BE3197E6";
    const identity = "${azurerm_linux_function_app.Orders_Backend_0F5C7089.identity[0].principal_id}";
    expect(only(json, "azurerm_storage_account").shared_access_key_enabled).toBe(false);
    expect(only(json, "azurerm_linux_function_app")).toMatchObject({
      storage_account_name: `\${${account}.name}`,
      storage_uses_managed_identity: true,
    });
    expect(roles(json)).toEqual(
      ["Reader", "Storage Blob Data Owner", "Storage Queue Data Contributor"].map(
        (role) => `${role} on \${${account}.id} to ${identity}`,
      ),
    );
    expect(only(json, "azurerm_api_management_api_policy").depends_on).toEqual(
      expect.arrayContaining(
        Object.keys(json.resource.azurerm_role_assignment).map((id) => `azurerm_role_assignment.${id}`),
      ),
    );
  });

  test("takes your settings, your plan and your name, and sends telemetry without a key", () => {
    const plan = new ServicePlan(stack, "Plan", {
      name: "shared",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      osType: "Linux",
      skuName: "P1v3",
    });
    secure(
      stack,
      functionApp({
        appName: "contoso-orders",
        appSettings: { LOG_LEVEL: "debug" },
        plan: AppServicePlan.existing(plan),
        applicationInsights: insightsIn(stack),
        tags: { team: "orders" },
        routePrefix: "",
      }),
    );
    const json = synth(stack);
    expect(only(json, "azurerm_linux_function_app")).toMatchObject({
      name: "contoso-orders",
      app_settings: { LOG_LEVEL: "debug", APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD" },
      service_plan_id: "${azurerm_service_plan.Plan.id}",
      site_config: {
        application_insights_connection_string: "${azurerm_application_insights.Insights.connection_string}",
      },
      tags: { team: "orders" },
    });
    expect(only(json, "azurerm_service_plan").name).toBe("shared");
    expect(roles(json)[0]).toBe(
      "Monitoring Metrics Publisher on ${azurerm_application_insights.Insights.id} to " +
        "${azurerm_linux_function_app.Orders_Backend_0F5C7089.identity[0].principal_id}",
    );
    expect(only(json, "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_linux_function_app.Orders_Backend_0F5C7089.default_hostname}",
    );
  });
});

describe("on Windows", () => {
  const functionApp = (props: Partial<FunctionAppProps> = {}): IApimBackend =>
    Backend.windowsFunctionApp({ ...CREATED, ...props });

  test("is on a Windows plan, reaches its storage by identity, and has nothing open", () => {
    secure(stack, functionApp({ appSettings: { LOG_LEVEL: "debug" }, tags: { team: "orders" } }));
    const json = synth(stack);
    expect(settingsOf(json, "azurerm_windows_function_app")).toEqual({
      service_plan_id: "${azurerm_service_plan.Orders_Backend_Plan_6F0A777C.id}",
      storage_account_name: "${azurerm_storage_account.Orders_Backend_Storage_BE3197E6.name}",
      storage_uses_managed_identity: true,
      builtin_logging_enabled: false,
      https_only: true,
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
      identity: { type: "SystemAssigned" },
      app_settings: { LOG_LEVEL: "debug" },
      site_config: {
        always_on: true,
        application_stack: { node_version: "~22" },
        ftps_state: "Disabled",
        http2_enabled: true,
        minimum_tls_version: "1.2",
        scm_minimum_tls_version: "1.2",
        use_32_bit_worker: false,
      },
      tags: { team: "orders" },
    });
    expect(only(json, "azurerm_service_plan")).toMatchObject({ os_type: "Windows", sku_name: "B1" });
    expect(only(json, "azurerm_role_assignment")).toMatchObject({
      role_definition_name: "Storage Blob Data Owner",
      principal_id: "${azurerm_windows_function_app.Orders_Backend_0F5C7089.identity[0].principal_id}",
    });
    expect(only(json, "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_windows_function_app.Orders_Backend_0F5C7089.default_hostname}/api",
    );
  });

  test.each<[string, AppRuntime, Json]>([
    [".NET", AppRuntime.dotnet("8.0"), { dotnet_version: "v8.0", use_dotnet_isolated_runtime: true }],
    ["Java", AppRuntime.java("21"), { java_version: "21" }],
    ["PowerShell", AppRuntime.powershell("7.4"), { powershell_core_version: "7.4" }],
  ])("runs %s", (_, runtime, stackOfApp) => {
    secure(stack, functionApp({ runtime }));
    const { site_config } = only(synth(stack), "azurerm_windows_function_app");
    expect(site_config.application_stack).toEqual(stackOfApp);
  });
});
