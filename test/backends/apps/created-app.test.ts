import { TerraformOutput, TerraformStack } from "cdktf";
import { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import {
  ApimGateway,
  ApimSku,
  AppRegistration,
  AppServicePlan,
  Backend,
  GatewayNetwork,
  IAppBackend,
  IAppServiceBackend,
  IFunctionAppBackend,
  NetworkAccess,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { GROUP, Json, messageOf, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, insightsIn, secure } from "./behind-gateway";

/* What can be used of an app that the library creates, and when. */

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const CONTAINER = { resourceGroup: GROUP, image: "contoso.azurecr.io/orders:1.4.2", targetPort: 8080 };

const FUNCTION_APPS: [string, () => IFunctionAppBackend][] = [
  ["functionApp", () => Backend.functionApp(CREATED)],
  ["windowsFunctionApp", () => Backend.windowsFunctionApp(CREATED)],
  ["flexFunctionApp", () => Backend.flexFunctionApp(CREATED)],
];
const APP_SERVICE_APPS: [string, () => IAppServiceBackend][] = [
  ...FUNCTION_APPS,
  ["webApp", () => Backend.webApp(CREATED)],
  ["windowsWebApp", () => Backend.windowsWebApp(CREATED)],
];
const APPS: [string, () => IAppBackend][] = [
  ...APP_SERVICE_APPS,
  ["containerApp", () => Backend.containerApp(CONTAINER)],
];
const TYPES: Record<string, string> = {
  functionApp: "azurerm_linux_function_app",
  windowsFunctionApp: "azurerm_windows_function_app",
  flexFunctionApp: "azurerm_function_app_flex_consumption",
  webApp: "azurerm_linux_web_app",
  windowsWebApp: "azurerm_windows_web_app",
  containerApp: "azurerm_container_app",
};

describe.each(APPS)("%s", (factory, create) => {
  test("says its name, ID and identity, also before it is bound", () => {
    const backend = create();
    new TerraformOutput(stack, "app", { value: [backend.appName, backend.appId, backend.principalId], staticId: true });
    secure(stack, backend);
    expect(synth(stack).output.app.value).toEqual([
      `\${${TYPES[factory]}.Orders_Backend_0F5C7089.name}`,
      `\${${TYPES[factory]}.Orders_Backend_0F5C7089.id}`,
      `\${${TYPES[factory]}.Orders_Backend_0F5C7089.identity[0].principal_id}`,
    ]);
  });

  test("is bound once", () => {
    const same = create();
    secure(stack, same);
    expect(() => secure(stack, same, "Billing")).toThrow(
      refusal("backend-bound-twice", "[app/Billing/Backend] ", `Backend.${factory}(...)`, '"app/Orders/Backend"'),
    );
  });

  test("has an attribute that is used, and is passed to no SecureApimBackend", () => {
    new AppRegistration(stack, "R", { displayName: create().appName });
    expect(messageOf(() => synth(stack))).toEqual(refusal("never-bound", `Backend.${factory}(...)`));
  });
});

const RESOURCES: [string, string, () => unknown][] = [
  ["functionApp", "app", () => Backend.functionApp(CREATED).app],
  ["windowsFunctionApp", "app", () => Backend.windowsFunctionApp(CREATED).app],
  ["flexFunctionApp", "app", () => Backend.flexFunctionApp(CREATED).app],
  ["flexFunctionApp", "packages", () => Backend.flexFunctionApp(CREATED).packages],
  ["webApp", "app", () => Backend.webApp(CREATED).app],
  ["windowsWebApp", "app", () => Backend.windowsWebApp(CREATED).app],
  ["containerApp", "app", () => Backend.containerApp(CONTAINER).app],
  ["containerApp", "environment", () => Backend.containerApp(CONTAINER).environment],
  ...APP_SERVICE_APPS.flatMap(([factory, create]): [string, string, () => unknown][] => [
    [factory, "plan", () => create().plan],
    [factory, "telemetryRole", () => create().telemetryRole],
    [factory, "privateEndpoint", () => create().privateEndpoint],
  ]),
  ...FUNCTION_APPS.flatMap(([factory, create]): [string, string, () => unknown][] => [
    [factory, "storage", () => create().storage],
    [factory, "storageRoles", () => create().storageRoles],
  ]),
];

test.each(RESOURCES)("%s has no %s before it is bound", (factory, _, read) => {
  expect(read).toThrow(refusal("never-bound", `Backend.${factory}(...)`, "SecureApimBackend"));
});

describe("what is created can be set further", () => {
  test("a Linux function app, its plan and its storage", () => {
    const backend = Backend.functionApp(CREATED);
    secure(stack, backend);
    const { app, plan, storage, storageRoles }: { app: LinuxFunctionApp; plan?: ServicePlan } & IFunctionAppBackend =
      backend;
    app.clientCertificateEnabled = true;
    if (plan) plan.workerCount = 3;
    storage.accountReplicationType = "ZRS";
    storageRoles.forEach((role) => (role.description = "storage of the host"));
    const json = synth(stack);
    expect(only(json, "azurerm_linux_function_app").client_certificate_enabled).toBe(true);
    expect(only(json, "azurerm_service_plan").worker_count).toBe(3);
    expect(only(json, "azurerm_storage_account").account_replication_type).toBe("ZRS");
    expect(only(json, "azurerm_role_assignment").description).toBe("storage of the host");
  });

  test("each kind has the resources of its kind", () => {
    const windowsFunctions = Backend.windowsFunctionApp(CREATED);
    const flex = Backend.flexFunctionApp(CREATED);
    const web = Backend.webApp(CREATED);
    const windowsWeb = Backend.windowsWebApp(CREATED);
    const container = Backend.containerApp(CONTAINER);
    [windowsFunctions, flex, web, windowsWeb, container].forEach((each, i) => secure(stack, each, `Orders${i}`));
    const resources: [unknown, unknown][] = [
      [windowsFunctions.app, WindowsFunctionApp],
      [windowsFunctions.plan, ServicePlan],
      [windowsFunctions.storage, StorageAccount],
      [flex.app, FunctionAppFlexConsumption],
      [flex.plan, ServicePlan],
      [flex.storage, StorageAccount],
      [flex.packages, StorageContainer],
      [web.app, LinuxWebApp],
      [web.plan, ServicePlan],
      [windowsWeb.app, WindowsWebApp],
      [windowsWeb.plan, ServicePlan],
      [container.app, ContainerApp],
      [container.environment, ContainerAppEnvironment],
    ];
    resources.forEach(([resource, type]) => expect(resource).toBeInstanceOf(type));
  });

  test("the role for telemetry and the private endpoint", () => {
    new ApimGateway(stack, "Gateway", {
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      sku: ApimSku.DEVELOPER,
      network: GatewayNetwork.external({ id: "/subscriptions/s/subnets/apim" }),
    });
    const networkAccess = NetworkAccess.privateEndpoint({
      subnet: { id: "/subscriptions/s/subnets/apps" },
      privateDnsZone: { id: "/subscriptions/s/privatelink.azurewebsites.net" },
    });
    const backend = Backend.webApp({ ...CREATED, applicationInsights: insightsIn(stack), networkAccess });
    const plain = Backend.webApp(CREATED);
    secure(stack, plain, "Plain");
    secure(stack, backend);
    expect(backend.telemetryRole?.node.path).toBe("app/Orders/Backend/MonitoringMetricsPublisher");
    expect(backend.privateEndpoint?.node.path).toBe("app/Orders/Backend/PrivateEndpoint");
    expect([plain.telemetryRole, plain.privateEndpoint]).toEqual([undefined, undefined]);
  });

  test("a plan or an environment that exists is not created", () => {
    const id = "/subscriptions/s/existing";
    const web = Backend.webApp({ ...CREATED, plan: AppServicePlan.existing({ id }) });
    const container = Backend.containerApp({ ...CONTAINER, environment: { id } });
    secure(stack, web);
    secure(stack, container, "Container");
    expect([web.plan, container.environment]).toEqual([undefined, undefined]);
    const { resource }: Json = synth(stack);
    expect(resource).not.toHaveProperty("azurerm_service_plan");
    expect(resource).not.toHaveProperty("azurerm_container_app_environment");
  });
});
