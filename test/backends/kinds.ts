import { Construct } from "constructs";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import {
  ApimSku,
  AppRegistration,
  AppRuntime,
  AppServicePlan,
  Backend,
  CircuitBreaker,
  IApimBackend,
} from "cdktf-secure-apim-backend";
import { OWN_APP } from "../helpers/own-app";
import { GROUP } from "../helpers/synth";

export { OWN_APP };
export const OWN_FUNCTION_APP = { ...OWN_APP, storageAccountName: "invoices" };
export const OWN_FLEX_APP = {
  name: "invoices",
  resourceGroupName: GROUP.name,
  location: GROUP.location,
  servicePlanId: "plan",
  httpsOnly: true,
  webdeployPublishBasicAuthenticationEnabled: false,
  siteConfig: {},
  runtimeName: "node",
  runtimeVersion: "22",
  storageContainerType: "blobContainer",
  storageContainerEndpoint: "https://invoices.blob.core.windows.net/app",
  storageAuthenticationType: "SystemAssignedIdentity",
};
/** A slot of the user's own that leaves nothing open but its sign-in. */
export const OWN_SLOT = {
  name: "staging",
  httpsOnly: true,
  ftpPublishBasicAuthenticationEnabled: false,
  webdeployPublishBasicAuthenticationEnabled: false,
  siteConfig: {},
};

/** A container app of the user's own that leaves nothing open but its sign-in. */
export const OWN_CONTAINER_APP = {
  name: "invoices",
  resourceGroupName: GROUP.name,
  containerAppEnvironmentId: "environment",
  revisionMode: "Single",
  ingress: { externalEnabled: true, targetPort: 8080, trafficWeight: [{ latestRevision: true, percentage: 100 }] },
  template: { container: [{ name: "app", image: "contoso.azurecr.io/invoices:1.4.2", cpu: 0.5, memory: "1Gi" }] },
};
/** A logic app of the user's own that leaves nothing open but its sign-in. */
export const OWN_LOGIC_APP = {
  name: "invoices",
  resourceGroupName: GROUP.name,
  location: GROUP.location,
  appServicePlanId: "plan",
  storageAccountName: "invoices",
  storageAccountAccessKey: "${var.storage}",
  httpsOnly: true,
  ftpPublishBasicAuthenticationEnabled: false,
  scmPublishBasicAuthenticationEnabled: false,
};

const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

const WITH_SLOT = { plan: AppServicePlan.dedicated("S1"), slots: [{ name: "staging" }] };

/** An image in a private registry. */
export const IMAGE = AppRuntime.container("contoso.azurecr.io/orders:1.4.2", {
  server: "contoso.azurecr.io",
  identity: { id: "/identities/pull", principalId: "pull", clientId: "11111111-2222-3333-4444-666666666666" },
});

/** A kind of app, with the Terraform types of what answers at an address: the app, and its slot where it has one. */
export interface Kind {
  readonly types: readonly string[];
  readonly backend: (scope: Construct) => IApimBackend;
  /** The tier of a new gateway, where that of the default does not support it. */
  readonly sku?: ApimSku;
}

/** Every kind of app, made or locked. */
export const KINDS: Readonly<Record<string, Kind>> = {
  functionApp: { types: ["azurerm_linux_function_app"], backend: () => Backend.functionApp(MADE) },
  "functionApp on elastic premium": {
    types: ["azurerm_linux_function_app"],
    backend: () => Backend.functionApp({ ...MADE, plan: AppServicePlan.elasticPremium("EP1") }),
  },
  windowsFunctionApp: { types: ["azurerm_windows_function_app"], backend: () => Backend.windowsFunctionApp(MADE) },
  "windowsFunctionApp on elastic premium": {
    types: ["azurerm_windows_function_app"],
    backend: () => Backend.windowsFunctionApp({ ...MADE, plan: AppServicePlan.elasticPremium("EP2") }),
  },
  flexFunctionApp: { types: ["azurerm_function_app_flex_consumption"], backend: () => Backend.flexFunctionApp(MADE) },
  webApp: { types: ["azurerm_linux_web_app"], backend: () => Backend.webApp(MADE) },
  windowsWebApp: { types: ["azurerm_windows_web_app"], backend: () => Backend.windowsWebApp(MADE) },
  fromLinuxFunctionApp: {
    types: ["azurerm_linux_function_app", "azurerm_linux_function_app_slot"],
    backend: (stack) => {
      const app = new LinuxFunctionApp(stack, "App", OWN_FUNCTION_APP);
      const slot = new LinuxFunctionAppSlot(stack, "Slot", { ...OWN_SLOT, functionAppId: app.id });
      return Backend.fromLinuxFunctionApp(app, { slots: [slot] });
    },
  },
  fromWindowsFunctionApp: {
    types: ["azurerm_windows_function_app", "azurerm_windows_function_app_slot"],
    backend: (stack) => {
      const app = new WindowsFunctionApp(stack, "App", OWN_FUNCTION_APP);
      const slot = new WindowsFunctionAppSlot(stack, "Slot", { ...OWN_SLOT, functionAppId: app.id });
      return Backend.fromWindowsFunctionApp(app, { slots: [slot] });
    },
  },
  fromFlexFunctionApp: {
    types: ["azurerm_function_app_flex_consumption"],
    backend: (stack) => Backend.fromFlexFunctionApp(new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP)),
  },
  fromLinuxWebApp: {
    types: ["azurerm_linux_web_app", "azurerm_linux_web_app_slot"],
    backend: (stack) => {
      const app = new LinuxWebApp(stack, "App", OWN_APP);
      const slot = new LinuxWebAppSlot(stack, "Slot", { ...OWN_SLOT, appServiceId: app.id });
      return Backend.fromLinuxWebApp(app, { slots: [slot] });
    },
  },
  fromWindowsWebApp: {
    types: ["azurerm_windows_web_app", "azurerm_windows_web_app_slot"],
    backend: (stack) => {
      const app = new WindowsWebApp(stack, "App", OWN_APP);
      const slot = new WindowsWebAppSlot(stack, "Slot", { ...OWN_SLOT, appServiceId: app.id });
      return Backend.fromWindowsWebApp(app, { slots: [slot] });
    },
  },
  "functionApp with a slot": {
    types: ["azurerm_linux_function_app", "azurerm_linux_function_app_slot"],
    backend: () => Backend.functionApp({ ...MADE, ...WITH_SLOT }),
  },
  "windowsFunctionApp with a slot": {
    types: ["azurerm_windows_function_app", "azurerm_windows_function_app_slot"],
    backend: () => Backend.windowsFunctionApp({ ...MADE, ...WITH_SLOT }),
  },
  "webApp with a slot": {
    types: ["azurerm_linux_web_app", "azurerm_linux_web_app_slot"],
    backend: () => Backend.webApp({ ...MADE, ...WITH_SLOT }),
  },
  "windowsWebApp with a slot": {
    types: ["azurerm_windows_web_app", "azurerm_windows_web_app_slot"],
    backend: () => Backend.windowsWebApp({ ...MADE, ...WITH_SLOT }),
  },
  "functionApp from an image": {
    types: ["azurerm_linux_function_app"],
    backend: () => Backend.functionApp({ ...MADE, runtime: IMAGE }),
  },
  "webApp from an image": {
    types: ["azurerm_linux_web_app"],
    backend: () => Backend.webApp({ ...MADE, runtime: IMAGE }),
  },
  "pool of two apps with one registration": {
    types: ["azurerm_linux_web_app", "azurerm_linux_function_app"],
    sku: ApimSku.BASIC_V2,
    backend: (stack) => {
      const registration = new AppRegistration(stack, "Registration");
      const circuitBreaker = CircuitBreaker.onFailures(5);
      return Backend.pool([
        { name: "west", backend: Backend.webApp({ ...MADE, registration }), circuitBreaker },
        { name: "east", backend: Backend.functionApp({ ...MADE, registration }), circuitBreaker },
      ]);
    },
  },
};
