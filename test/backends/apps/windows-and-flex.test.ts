import { TerraformOutput, TerraformStack } from "cdktf";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import {
  ApimGateway,
  AppRuntime,
  AppServicePlan,
  Backend,
  FlexFunctionAppProps,
  FunctionAppProps,
  IApimBackend,
  SecureApimBackend,
  StorageRole,
  WebAppProps,
} from "cdktf-secure-apim-backend";
import { all, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function secure(backend: IApimBackend): void {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  new SecureApimBackend(stack, "Orders", { gateway, backend });
}

function insights(): ApplicationInsights {
  return new ApplicationInsights(stack, "Insights", {
    name: "orders",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    applicationType: "web",
  });
}

/** The app without its sign-in, to which other tests hold all kinds, and without its name and place. */
function settingsOf(json: Json, type: string): Json {
  const elsewhere = ["auth_settings_v2", "name", "resource_group_name", "location"];
  return Object.fromEntries(Object.entries(only(json, type)).filter(([attribute]) => !elsewhere.includes(attribute)));
}

const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };
const CONNECTION_STRING = "${azurerm_application_insights.Insights.connection_string}";
const NAME_HASH =
  '${substr(sha256(join("/", [data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id, "rg-orders", ' +
  '"app/Orders/Backend"])), 0, 10)}';

describe("an elastic premium plan", () => {
  test.each([
    ["Linux", Backend.functionApp, "azurerm_linux_function_app"],
    ["Windows", Backend.windowsFunctionApp, "azurerm_windows_function_app"],
  ] as const)(
    "runs function apps on %s, without being always on and without a say on content shares",
    (os, factory, type) => {
      secure(factory({ ...MADE, plan: AppServicePlan.elasticPremium("EP2") }));
      const json = synth(stack);
      expect(only(json, "azurerm_service_plan")).toEqual({
        name: `orders-${NAME_HASH}`,
        resource_group_name: "rg-orders",
        location: "westeurope",
        os_type: os,
        sku_name: "EP2",
      });
      const app = only(json, type);
      expect(app.storage_uses_managed_identity).toBe(true);
      expect(app).not.toHaveProperty("content_share_force_disabled");
      expect(app.site_config).not.toHaveProperty("always_on");
    },
  );

  test("can be one that exists", () => {
    const plan = new ServicePlan(stack, "Plan", {
      name: "shared",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      osType: "Linux",
      skuName: "EP1",
    });
    secure(Backend.functionApp({ ...MADE, plan: AppServicePlan.existingElasticPremium(plan) }));
    const app = only(synth(stack), "azurerm_linux_function_app");
    expect(app.service_plan_id).toBe("${azurerm_service_plan.Plan.id}");
    expect(app.site_config).not.toHaveProperty("always_on");
  });
});

describe("a Windows function app", () => {
  const functionApp = (props: Partial<FunctionAppProps> = {}): IApimBackend =>
    Backend.windowsFunctionApp({ ...MADE, ...props });

  test("is on a Windows plan, reaches its storage by identity, and has nothing open", () => {
    secure(functionApp({ appSettings: { LOG_LEVEL: "debug" }, tags: { team: "orders" } }));
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
    secure(functionApp({ runtime }));
    const { site_config } = only(synth(stack), "azurerm_windows_function_app");
    expect(site_config.application_stack).toEqual(stackOfApp);
  });
});

describe("a Windows web app", () => {
  const webApp = (props: Partial<WebAppProps> = {}): IApimBackend => Backend.windowsWebApp({ ...MADE, ...props });

  test("is on a Windows plan, and has nothing open", () => {
    secure(webApp({ routePrefix: "v1" }));
    const json = synth(stack);
    expect(settingsOf(json, "azurerm_windows_web_app")).toEqual({
      service_plan_id: "${azurerm_service_plan.Orders_Backend_Plan_6F0A777C.id}",
      https_only: true,
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
      identity: { type: "SystemAssigned" },
      app_settings: {},
      site_config: {
        always_on: true,
        application_stack: { current_stack: "node", node_version: "~22" },
        ftps_state: "Disabled",
        http2_enabled: true,
        minimum_tls_version: "1.2",
        scm_minimum_tls_version: "1.2",
        use_32_bit_worker: false,
      },
    });
    expect(only(json, "azurerm_service_plan")).toMatchObject({ os_type: "Windows", sku_name: "B1" });
    expect(only(json, "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_windows_web_app.Orders_Backend_0F5C7089.default_hostname}/v1",
    );
  });

  test.each<[string, AppRuntime, Json]>([
    [".NET", AppRuntime.dotnet("8.0"), { current_stack: "dotnet", dotnet_version: "v8.0" }],
    ["Java", AppRuntime.java("21"), { current_stack: "java", java_version: "21", java_embedded_server_enabled: true }],
  ])("runs %s", (_, runtime, stackOfApp) => {
    secure(webApp({ runtime }));
    const { site_config } = only(synth(stack), "azurerm_windows_web_app");
    expect(site_config.application_stack).toEqual(stackOfApp);
  });

  test("sends telemetry without a key, with the agent for Windows", () => {
    secure(webApp({ applicationInsights: insights() }));
    const json = synth(stack);
    expect(only(json, "azurerm_windows_web_app").app_settings).toEqual({
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD",
      APPLICATIONINSIGHTS_CONNECTION_STRING: CONNECTION_STRING,
      ApplicationInsightsAgent_EXTENSION_VERSION: "~2",
      XDT_MicrosoftApplicationInsights_Mode: "recommended",
    });
    expect(only(json, "azurerm_role_assignment").role_definition_name).toBe("Monitoring Metrics Publisher");
  });
});

describe("a function app on Flex Consumption", () => {
  const flex = (props: Partial<FlexFunctionAppProps> = {}): IApimBackend =>
    Backend.flexFunctionApp({ ...MADE, ...props });

  test("reaches its storage by identity, in the host and for its packages, and has nothing open", () => {
    secure(flex());
    const json = synth(stack);
    expect(settingsOf(json, "azurerm_function_app_flex_consumption")).toEqual({
      service_plan_id: "${azurerm_service_plan.Orders_Backend_Plan_6F0A777C.id}",
      storage_authentication_type: "SystemAssignedIdentity",
      storage_container_type: "blobContainer",
      storage_container_endpoint:
        "${azurerm_storage_account.Orders_Backend_Storage_BE3197E6.primary_blob_endpoint}" +
        "${azurerm_storage_container.Orders_Backend_Packages_A4247FF6.name}",
      runtime_name: "node",
      runtime_version: "22",
      https_only: true,
      webdeploy_publish_basic_authentication_enabled: false,
      identity: { type: "SystemAssigned" },
      app_settings: {
        AzureWebJobsStorage: "",
        AzureWebJobsStorage__accountName: "${azurerm_storage_account.Orders_Backend_Storage_BE3197E6.name}",
        AzureWebJobsStorage__credential: "managedidentity",
      },
      site_config: { http2_enabled: true, minimum_tls_version: "1.2", scm_minimum_tls_version: "1.2" },
    });
    expect(only(json, "azurerm_service_plan")).toMatchObject({ os_type: "Linux", sku_name: "FC1" });
    expect(only(json, "azurerm_storage_account").shared_access_key_enabled).toBe(false);
    expect(only(json, "azurerm_storage_container")).toEqual({
      name: "app-package",
      storage_account_id: "${azurerm_storage_account.Orders_Backend_Storage_BE3197E6.id}",
      container_access_type: "private",
    });
  });

  test("takes your settings, your name and your sizes, and sends telemetry without a key", () => {
    secure(
      flex({
        appName: "contoso-orders",
        appSettings: { LOG_LEVEL: "debug" },
        applicationInsights: insights(),
        extraStorageRoles: [StorageRole.QUEUE_DATA_CONTRIBUTOR],
        instanceMemoryMegabytes: 4096,
        maximumInstanceCount: 40,
        routePrefix: "",
        tags: { team: "orders" },
      }),
    );
    const json = synth(stack);
    expect(only(json, "azurerm_function_app_flex_consumption")).toMatchObject({
      name: "contoso-orders",
      app_settings: {
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD",
        AzureWebJobsStorage: "",
        LOG_LEVEL: "debug",
      },
      site_config: { application_insights_connection_string: CONNECTION_STRING },
      instance_memory_in_mb: 4096,
      maximum_instance_count: 40,
      tags: { team: "orders" },
    });
    expect(Object.values<Json>(all(json, "azurerm_role_assignment")).map((role) => role.role_definition_name)).toEqual([
      "Monitoring Metrics Publisher",
      "Storage Blob Data Owner",
      "Storage Queue Data Contributor",
    ]);
    expect(only(json, "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_function_app_flex_consumption.Orders_Backend_0F5C7089.default_hostname}",
    );
  });

  test.each<[string, AppRuntime, string, string]>([
    ["Python", AppRuntime.python("3.12"), "python", "3.12"],
    [".NET", AppRuntime.dotnet("8.0"), "dotnet-isolated", "8.0"],
    ["Java", AppRuntime.java("21"), "java", "21"],
    ["PowerShell", AppRuntime.powershell("7.4"), "powershell", "7.4"],
  ])("runs %s", (_, runtime, name, version) => {
    secure(flex({ runtime }));
    expect(only(synth(stack), "azurerm_function_app_flex_consumption")).toMatchObject({
      runtime_name: name,
      runtime_version: version,
    });
  });

  test("makes its storage with the provider that you give", () => {
    const storageProvider = new AzurermProvider(stack, "azurerm-storage", {
      alias: "storage",
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    secure(flex({ storageProvider }));
    const json = synth(stack);
    expect(only(json, "azurerm_storage_account").provider).toBe("azurerm.storage");
    expect(only(json, "azurerm_storage_container").provider).toBe("azurerm.storage");
  });
});

test.each([
  ["azurerm_windows_function_app", () => Backend.windowsFunctionApp(MADE)],
  ["azurerm_windows_web_app", () => Backend.windowsWebApp(MADE)],
  ["azurerm_function_app_flex_consumption", () => Backend.flexFunctionApp(MADE)],
] as const)("an %s says its name, id and identity, also before it is bound", (type, factory) => {
  const backend = factory();
  new TerraformOutput(stack, "app", { value: [backend.appName, backend.appId, backend.principalId], staticId: true });
  secure(backend);
  expect(synth(stack).output.app.value).toEqual([
    `\${${type}.Orders_Backend_0F5C7089.name}`,
    `\${${type}.Orders_Backend_0F5C7089.id}`,
    `\${${type}.Orders_Backend_0F5C7089.identity[0].principal_id}`,
  ]);
});
