import { TerraformStack } from "cdktf";
import { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import {
  ApimGateway,
  AppRuntime,
  AppServicePlan,
  Backend,
  IApimBackend,
  IApimGateway,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { annotations, findings, GROUP, messageOf, stackWithProviders, synth } from "../../helpers/synth";
import { OWN_APP, OWN_FLEX_APP, OWN_FUNCTION_APP } from "../kinds";

const MADE = { resourceGroup: GROUP, runtime: AppRuntime.node("22") };

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
  });
});

const secure = (backend: IApimBackend, id = "Orders"): SecureApimBackend =>
  new SecureApimBackend(stack, id, { gateway, backend });

function planOf(osType: string, skuName: string): ServicePlan {
  return new ServicePlan(stack, "Plan", {
    name: "shared",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    osType,
    skuName,
  });
}

describe("a plan that does not fit", () => {
  test("a dedicated size where an elastic premium one is due", () => {
    const plan = AppServicePlan.elasticPremium("P1v3");
    expect(messageOf(() => secure(Backend.functionApp({ ...MADE, plan })))).toBe(
      '[app/Orders/Backend] AppServicePlan.elasticPremium("P1v3") names no elastic premium size of a plan. ' +
        'Write one such as "EP1", "EP2" or "EP3".',
    );
  });

  test("an elastic premium size where a dedicated one is due", () => {
    const plan = AppServicePlan.dedicated("EP1");
    expect(messageOf(() => secure(Backend.windowsFunctionApp({ ...MADE, plan })))).toBe(
      '[app/Orders/Backend] AppServicePlan.dedicated("EP1") names no dedicated size of a plan. ' +
        'Write one such as "B1", "S1", "P0v3" or "P1v3".',
    );
  });

  test.each([
    ["Linux", Backend.webApp],
    ["Windows", Backend.windowsWebApp],
  ] as const)("a web app on %s, on elastic premium", (_, factory) => {
    const plan = AppServicePlan.elasticPremium("EP1");
    expect(messageOf(() => secure(factory({ ...MADE, plan })))).toBe(
      "[app/Orders/Backend] Elastic premium plans run function apps, and this is a web app. " +
        'Write a dedicated plan, for example AppServicePlan.dedicated("P1v3"), or Backend.functionApp(...).',
    );
  });

  test.each([
    ["Windows", "Linux", Backend.functionApp],
    ["Windows", "Linux", Backend.webApp],
    ["Linux", "Windows", Backend.windowsFunctionApp],
    ["Linux", "Windows", Backend.windowsWebApp],
  ] as const)("a %s plan for a %s app", (has, wanted, factory) => {
    secure(factory({ ...MADE, plan: AppServicePlan.existing(planOf(has, "P1v3")) }));
    expect(findings(stack)).toEqual([
      `[app/Orders/Backend] The plan "app/Plan" has osType "${has}", and an app is to run on it that is one for ${wanted}. ` +
        `Write another plan, with osType: "${wanted}". Linux apps are made by Backend.functionApp and Backend.webApp, Windows ` +
        "apps by Backend.windowsFunctionApp and Backend.windowsWebApp.",
    ]);
  });

  const KINDS_OF_PLAN =
    "Write a plan of that kind. Dedicated plans are given by AppServicePlan.existing(...), elastic premium ones by " +
    "AppServicePlan.existingElasticPremium(...).";

  test.each(["EP1", "FC1", "Y1", "F1"])("an existing plan of the size %s, where a dedicated one is due", (skuName) => {
    secure(Backend.functionApp({ ...MADE, plan: AppServicePlan.existing(planOf("Linux", skuName)) }));
    expect(findings(stack)).toEqual([
      `[app/Orders/Backend] The plan "app/Plan" has skuName "${skuName}", and AppServicePlan.existing(...) takes dedicated ` +
        `plans, such as "B1", "S1", "P0v3" or "P1v3". ${KINDS_OF_PLAN}`,
    ]);
  });

  test("an existing plan that is dedicated, where an elastic premium one is due", () => {
    secure(Backend.functionApp({ ...MADE, plan: AppServicePlan.existingElasticPremium(planOf("Linux", "P1v3")) }));
    expect(findings(stack)).toEqual([
      '[app/Orders/Backend] The plan "app/Plan" has skuName "P1v3", and AppServicePlan.existingElasticPremium(...) takes ' +
        `elastic premium plans, such as "EP1", "EP2" or "EP3". ${KINDS_OF_PLAN}`,
    ]);
  });

  test.each([
    ["by what only Terraform knows", () => planOf("Linux", "${var.size}")],
    ["by its id alone", () => ({ id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/serverFarms/p" })],
    ["in an App Service Environment", () => planOf("Linux", "I1v2")],
  ])("one that is given %s is taken for the right one", (_, plan) => {
    secure(Backend.functionApp({ ...MADE, plan: AppServicePlan.existing(plan()) }));
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("a runtime that is not on offer", () => {
  test.each<[string, () => IApimBackend, string]>([
    [
      "Python in a Windows function app",
      () => Backend.windowsFunctionApp({ ...MADE, runtime: AppRuntime.python("3.12") }),
      "AppRuntime.python(...) for function apps on Windows. Write Backend.functionApp(...), or a runtime among node, dotnet, " +
        "java and powershell.",
    ],
    [
      "PHP in a Windows web app",
      () => Backend.windowsWebApp({ ...MADE, runtime: AppRuntime.php("8.3") }),
      "AppRuntime.php(...) for web apps on Windows. Write Backend.webApp(...), or a runtime among node, dotnet and java.",
    ],
    [
      "PHP on Flex Consumption",
      () => Backend.flexFunctionApp({ ...MADE, runtime: AppRuntime.php("8.3") }),
      "AppRuntime.php(...) for function apps on Flex Consumption. Write Backend.webApp(...), or a runtime among node, " +
        "python, dotnet, java and powershell.",
    ],
  ])("%s", (_, backend, message) => {
    expect(messageOf(() => secure(backend()))).toBe(`[app/Orders/Backend] App Service has no ${message}`);
  });

  test.each([
    [
      "as Windows writes it, for Windows",
      () => Backend.windowsFunctionApp({ ...MADE, runtime: AppRuntime.node("~22") }),
    ],
    ["as Windows writes it, for Flex", () => Backend.flexFunctionApp({ ...MADE, runtime: AppRuntime.node("~22") })],
  ])("a version %s", (_, backend) => {
    expect(messageOf(() => secure(backend()))).toBe(
      '[app/Orders/Backend] AppRuntime.node("~22") names no version. Write it like this: AppRuntime.node("22").',
    );
  });
});

const OWN: [string, () => WindowsFunctionApp | WindowsWebApp | FunctionAppFlexConsumption, () => IApimBackend][] = [
  [
    "fromWindowsFunctionApp",
    () => new WindowsFunctionApp(stack, "App", OWN_FUNCTION_APP),
    () => Backend.fromWindowsFunctionApp(stack.node.findChild("App") as WindowsFunctionApp),
  ],
  [
    "fromWindowsWebApp",
    () => new WindowsWebApp(stack, "App", OWN_APP),
    () => Backend.fromWindowsWebApp(stack.node.findChild("App") as WindowsWebApp),
  ],
  [
    "fromFlexFunctionApp",
    () => new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP),
    () => Backend.fromFlexFunctionApp(stack.node.findChild("App") as FunctionAppFlexConsumption),
  ],
];

const SECOND_API =
  "To put a second API in front of the same backend, write Backend.url(first.backendUrl, " +
  "Audience.registration(first.registration)), where first is that SecureApimBackend.";

describe.each(OWN)("an app for %s", (factory, make, backend) => {
  test("that has a sign-in already", () => {
    make().putAuthSettingsV2({ authEnabled: true, login: {} });
    expect(messageOf(() => secure(backend()))).toBe(
      '[app/Orders/Backend] The app "app/App" already has authSettingsV2, which would be replaced. Remove authSettingsV2 from ' +
        "it: the sign-in is set here. Or leave it to the app, and write Backend.url(...) with its address and audience.",
    );
  });

  test("that is a backend already", () => {
    make();
    secure(backend());
    expect(messageOf(() => secure(backend(), "Billing"))).toBe(
      `[app/Billing/Backend] The app "app/App" is already the backend at "app/Orders/Backend". ${SECOND_API}`,
    );
  });

  test("that is bound twice", () => {
    make();
    const same = backend();
    secure(same);
    expect(messageOf(() => secure(same, "Billing"))).toBe(
      `[app/Billing/Backend] This Backend.${factory}(...) was already bound at "app/Orders/Backend", and what it makes ` +
        `exists once. Call Backend.${factory}(...) again for another one. ${SECOND_API}`,
    );
  });
});

test.each([
  ["windowsFunctionApp", () => Backend.windowsFunctionApp(MADE)],
  ["flexFunctionApp", () => Backend.flexFunctionApp(MADE)],
  ["windowsWebApp", () => Backend.windowsWebApp(MADE)],
])("a %s that is bound twice", (factory, make) => {
  const same = make();
  secure(same);
  expect(messageOf(() => secure(same, "Billing"))).toBe(
    `[app/Billing/Backend] This Backend.${factory}(...) was already bound at "app/Orders/Backend", and what it makes exists ` +
      `once. Call Backend.${factory}(...) again for another one. ${SECOND_API}`,
  );
});

test.each([
  ["a Windows function app", () => Backend.windowsFunctionApp(MADE)],
  ["an app on Flex Consumption", () => Backend.flexFunctionApp(MADE)],
])("a provider that would reach the storage of %s by its keys", (_, make) => {
  (stack.node.findChild("azurerm") as AzurermProvider).resetStorageUseAzuread();
  secure(make());
  const settings = "features: [{ storage: [{ dataPlaneAvailable: false }] }], storageUseAzuread: true";
  expect(findings(stack)).toEqual([
    "[app/Orders/Backend] The storage account of a function app has no shared keys, but the azurerm provider " +
      `"app/azurerm" would reach it with them. Write new AzurermProvider(this, "azurerm", { ${settings} }). Where other ` +
      "storage accounts of the stack need the data plane (queue properties, static websites), leave that provider as it is " +
      'and give the account its own: storageProvider: new AzurermProvider(this, "azurerm-storage", { alias: "storage", ' +
      `${settings} }).`,
  ]);
});

test("an app of your own on Flex Consumption is warned about what it has, not about FTP, which it has not", () => {
  const app = new FunctionAppFlexConsumption(stack, "App", OWN_FLEX_APP);
  app.resetHttpsOnly();
  app.resetWebdeployPublishBasicAuthenticationEnabled();
  secure(Backend.fromFlexFunctionApp(app));
  synth(stack);
  expect(annotations(stack)).toEqual([
    "warn: This app accepts more than its sign-in suggests. Set on it: httpsOnly: true, " +
      "webdeployPublishBasicAuthenticationEnabled: false. It is your object, so it was left as it is.",
  ]);
});
