import { TerraformOutput, TerraformStack } from "cdktf";
import { ApplicationInsights } from "@cdktf/provider-azurerm/lib/application-insights";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import {
  ApimGateway,
  AppRuntime,
  AppServicePlan,
  Backend,
  IApimBackend,
  SecureApimBackend,
  StorageRole,
} from "cdktf-secure-apim-backend";
import { all, annotations, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

function secure(backend: IApimBackend): SecureApimBackend {
  const gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
  return new SecureApimBackend(stack, "Orders", { gateway, backend });
}

function insights(): ApplicationInsights {
  return new ApplicationInsights(stack, "Insights", {
    name: "orders",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    applicationType: "web",
  });
}

const roles = (json: Json): string[] =>
  Object.values<Json>(all(json, "azurerm_role_assignment")).map(
    (role) => `${role.role_definition_name} on ${role.scope} to ${role.principal_id}`,
  );

const RUNTIMES: [string, AppRuntime, Json, Json | undefined][] = [
  ["Node.js", AppRuntime.node("22"), { node_version: "22" }, { node_version: "22-lts" }],
  ["Python", AppRuntime.python("3.12"), { python_version: "3.12" }, { python_version: "3.12" }],
  [
    ".NET",
    AppRuntime.dotnet("8.0"),
    { dotnet_version: "8.0", use_dotnet_isolated_runtime: true },
    { dotnet_version: "8.0" },
  ],
  [
    "Java",
    AppRuntime.java("21"),
    { java_version: "21" },
    { java_version: "21", java_server: "JAVA", java_server_version: "21" },
  ],
];

describe("a function app", () => {
  const functionApp = (props: Partial<Parameters<typeof Backend.functionApp>[0]> = {}): IApimBackend =>
    Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), ...props });

  test.each(RUNTIMES)("runs %s", (_, runtime, stackOfApp) => {
    secure(functionApp({ runtime }));
    expect(only(synth(stack), "azurerm_linux_function_app").site_config.application_stack).toEqual(stackOfApp);
  });

  test("runs PowerShell", () => {
    secure(functionApp({ runtime: AppRuntime.powershell("7.4") }));
    const { site_config } = only(synth(stack), "azurerm_linux_function_app");
    expect(site_config.application_stack).toEqual({ powershell_core_version: "7.4" });
  });

  test("reaches its storage with its own identity, and the account has no keys to use", () => {
    secure(functionApp({ extraStorageRoles: [StorageRole.QUEUE_DATA_CONTRIBUTOR, StorageRole.of("Reader")] }));
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
      functionApp({
        appName: "contoso-orders",
        appSettings: { LOG_LEVEL: "debug" },
        plan: AppServicePlan.existing(plan),
        applicationInsights: insights(),
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

  test("says its name, id and identity, also before it is bound", () => {
    const backend = Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22") });
    new TerraformOutput(stack, "app", {
      value: [backend.appName, backend.appId, backend.principalId],
      staticId: true,
    });
    secure(backend);
    expect(synth(stack).output.app.value).toEqual([
      "${azurerm_linux_function_app.Orders_Backend_0F5C7089.name}",
      "${azurerm_linux_function_app.Orders_Backend_0F5C7089.id}",
      "${azurerm_linux_function_app.Orders_Backend_0F5C7089.identity[0].principal_id}",
    ]);
  });
});

describe("a web app", () => {
  const webApp = (props: Partial<Parameters<typeof Backend.webApp>[0]> = {}): IApimBackend =>
    Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), ...props });

  test.each(RUNTIMES)("runs %s", (_, runtime, _functions, stackOfApp) => {
    secure(webApp({ runtime }));
    expect(only(synth(stack), "azurerm_linux_web_app").site_config.application_stack).toEqual(stackOfApp);
  });

  test("runs PHP", () => {
    secure(webApp({ runtime: AppRuntime.php("8.3") }));
    const { site_config } = only(synth(stack), "azurerm_linux_web_app");
    expect(site_config.application_stack).toEqual({ php_version: "8.3" });
  });

  test("has HTTPS alone, TLS 1.2 at least and no password to publish with", () => {
    secure(webApp());
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
    secure(webApp({ applicationInsights: insights(), appSettings: settings, routePrefix: "v1" }));
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

describe("an app of your own", () => {
  const OPEN = {
    name: "invoices",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    servicePlanId: "plan",
    siteConfig: {},
  };
  const CLOSED = {
    ...OPEN,
    httpsOnly: true,
    ftpPublishBasicAuthenticationEnabled: false,
    webdeployPublishBasicAuthenticationEnabled: false,
  };

  test("gets its sign-in set, and nothing else", () => {
    const app = new LinuxFunctionApp(stack, "App", { ...CLOSED, storageAccountName: "invoices" });
    const before = synth(stack).resource.azurerm_linux_function_app.App;
    secure(Backend.fromLinuxFunctionApp(app));
    const { auth_settings_v2, ...rest } = only(synth(stack), "azurerm_linux_function_app");
    expect(rest).toEqual(before);
    expect(auth_settings_v2.unauthenticated_action).toBe("Return401");
    expect(annotations(stack)).toEqual([]);
  });

  test("is called below /api if it is a function app, and at its root if it is a web app", () => {
    secure(Backend.fromLinuxFunctionApp(new LinuxFunctionApp(stack, "App", { ...CLOSED, storageAccountName: "s" })));
    expect(only(synth(stack), "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_linux_function_app.App.default_hostname}/api",
    );
    stack = stackWithProviders();
    secure(Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", CLOSED)));
    expect(only(synth(stack), "azurerm_api_management_backend").url).toBe(
      "https://${azurerm_linux_web_app.App.default_hostname}",
    );
  });

  test("is warned about what stands open beside the sign-in, by the name of the attribute", () => {
    secure(Backend.fromLinuxWebApp(new LinuxWebApp(stack, "App", { ...OPEN, httpsOnly: true })));
    synth(stack);
    expect(annotations(stack)).toEqual([
      "warn: This app accepts more than its sign-in suggests. Set on it: ftpPublishBasicAuthenticationEnabled: false, " +
        "webdeployPublishBasicAuthenticationEnabled: false. It is your object, so it was left as it is.",
    ]);
  });

  test("is not warned about what is closed later", () => {
    const app = new LinuxWebApp(stack, "App", OPEN);
    secure(Backend.fromLinuxWebApp(app));
    app.httpsOnly = true;
    app.ftpPublishBasicAuthenticationEnabled = false;
    app.webdeployPublishBasicAuthenticationEnabled = false;
    synth(stack);
    expect(annotations(stack)).toEqual([]);
  });
});
