import { TerraformStack } from "cdktf";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { AppRuntime, Backend, FlexFunctionAppProps, IApimBackend, StorageRole } from "cdktf-secure-apim-backend";
import { all, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { CONNECTION_STRING, CREATED, insightsIn, secure } from "./behind-gateway";
import { settingsOf } from "./settings-of";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

describe("a function app on Flex Consumption", () => {
  const flex = (props: Partial<FlexFunctionAppProps> = {}): IApimBackend =>
    Backend.flexFunctionApp({ ...CREATED, ...props });

  test("reaches its storage by identity, in the host and for its packages, and has nothing open", () => {
    secure(stack, flex());
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
      stack,
      flex({
        appName: "contoso-orders",
        appSettings: { LOG_LEVEL: "debug" },
        applicationInsights: insightsIn(stack),
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
    secure(stack, flex({ runtime }));
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
    secure(stack, flex({ storageProvider }));
    const json = synth(stack);
    expect(only(json, "azurerm_storage_account").provider).toBe("azurerm.storage");
    expect(only(json, "azurerm_storage_container").provider).toBe("azurerm.storage");
  });
});
