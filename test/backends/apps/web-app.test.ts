import { TerraformStack } from "cdktf";
import { AppRuntime, Backend, IApimBackend, WebAppProps } from "cdktf-secure-apim-backend";
import { Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { CONNECTION_STRING, CREATED, insightsIn, secure } from "./behind-gateway";
import { settingsOf } from "./settings-of";

/* Web apps on a plan. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const RUNTIMES: [string, AppRuntime, Json][] = [
  ["Node.js", AppRuntime.node("22"), { node_version: "22-lts" }],
  ["Python", AppRuntime.python("3.12"), { python_version: "3.12" }],
  [".NET", AppRuntime.dotnet("8.0"), { dotnet_version: "8.0" }],
  ["Java", AppRuntime.java("21"), { java_version: "21", java_server: "JAVA", java_server_version: "21" }],
  ["PHP", AppRuntime.php("8.3"), { php_version: "8.3" }],
];

describe("on Linux", () => {
  const webApp = (props: Partial<WebAppProps> = {}): IApimBackend => Backend.webApp({ ...CREATED, ...props });

  test.each(RUNTIMES)("runs %s", (_, runtime, stackOfApp) => {
    secure(stack, webApp({ runtime }));
    expect(only(synth(stack), "azurerm_linux_web_app").site_config.application_stack).toEqual(stackOfApp);
  });

  test("has HTTPS alone, TLS 1.2 at least and no password to publish with", () => {
    secure(stack, webApp());
    expect(only(synth(stack), "azurerm_linux_web_app")).toMatchObject({
      https_only: true,
      ftp_publish_basic_authentication_enabled: false,
      webdeploy_publish_basic_authentication_enabled: false,
      site_config: {
        minimum_tls_version: "1.2",
        scm_minimum_tls_version: "1.2",
        ftps_state: "Disabled",
        always_on: true,
      },
    });
  });

  test("sends telemetry without a key, and your settings win", () => {
    const settings = { ApplicationInsightsAgent_EXTENSION_VERSION: "~4", LOG_LEVEL: "debug" };
    secure(stack, webApp({ applicationInsights: insightsIn(stack), appSettings: settings, routePrefix: "v1" }));
    const json = synth(stack);
    expect(only(json, "azurerm_linux_web_app").app_settings).toEqual({
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: "Authorization=AAD",
      APPLICATIONINSIGHTS_CONNECTION_STRING: "${azurerm_application_insights.Insights.connection_string}",
      ApplicationInsightsAgent_EXTENSION_VERSION: "~4",
      LOG_LEVEL: "debug",
    });
    expect(only(json, "azurerm_api_management_backend").url).toMatch(/default_hostname}\/v1$/);
  });
});

describe("on Windows", () => {
  const webApp = (props: Partial<WebAppProps> = {}): IApimBackend => Backend.windowsWebApp({ ...CREATED, ...props });

  test("is on a Windows plan, and has nothing open", () => {
    secure(stack, webApp({ routePrefix: "v1" }));
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
    secure(stack, webApp({ runtime }));
    const { site_config } = only(synth(stack), "azurerm_windows_web_app");
    expect(site_config.application_stack).toEqual(stackOfApp);
  });

  test("sends telemetry without a key, with the agent for Windows", () => {
    secure(stack, webApp({ applicationInsights: insightsIn(stack) }));
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
