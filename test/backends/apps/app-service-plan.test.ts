import { TerraformStack } from "cdktf";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import { AppServicePlan, Backend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { findings, GROUP, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const NAME_HASH =
  '${substr(sha256(join("/", [data.azurerm_client_config.SecureApimBackendClientConfig.subscription_id, "rg-orders", ' +
  '"app/Orders/Backend"])), 0, 10)}';

function planOf(osType: string, skuName: string): ServicePlan {
  return new ServicePlan(stack, "Plan", {
    name: "shared",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    osType,
    skuName,
  });
}

describe("an elastic premium plan", () => {
  test.each([
    ["Linux", Backend.functionApp, "azurerm_linux_function_app"],
    ["Windows", Backend.windowsFunctionApp, "azurerm_windows_function_app"],
  ] as const)(
    "runs function apps on %s, without being always on and without a say on content shares",
    (os, factory, type) => {
      secure(stack, factory({ ...CREATED, plan: AppServicePlan.elasticPremium("EP2") }));
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
    secure(stack, Backend.functionApp({ ...CREATED, plan: AppServicePlan.existingElasticPremium(plan) }));
    const app = only(synth(stack), "azurerm_linux_function_app");
    expect(app.service_plan_id).toBe("${azurerm_service_plan.Plan.id}");
    expect(app.site_config).not.toHaveProperty("always_on");
  });
});

describe("a plan that does not fit", () => {
  test("a dedicated size for an elastic premium plan", () => {
    const plan = AppServicePlan.elasticPremium("P1v3");
    expect(() => secure(stack, Backend.functionApp({ ...CREATED, plan }))).toThrow(
      refusal(
        "invalid-plan-sku",
        "[app/Orders/Backend] ",
        'AppServicePlan.elasticPremium("P1v3")',
        'dedicated("P1v3").',
      ),
    );
  });

  test("an elastic premium size for a dedicated plan", () => {
    const plan = AppServicePlan.dedicated("EP1");
    expect(() => secure(stack, Backend.windowsFunctionApp({ ...CREATED, plan }))).toThrow(
      refusal("invalid-plan-sku", 'AppServicePlan.dedicated("EP1")', 'Write AppServicePlan.elasticPremium("EP1").'),
    );
  });

  test.each([
    ["P1V3", 'Write AppServicePlan.dedicated("P1v3").'],
    ["p1MV3", 'Write AppServicePlan.dedicated("P1mv3").'],
    ["b1", 'Write AppServicePlan.dedicated("B1").'],
    ["ep2", 'Write AppServicePlan.elasticPremium("EP2").'],
    ["Y1", "use Backend.flexFunctionApp({ ... })."],
    ["fc1", "use Backend.flexFunctionApp({ ... })."],
    ["X1", 'Use a size such as "B1", "S1", "P0v3" or "P1v3".'],
  ])("the size %s for the dedicated plan of a function app", (size, advice) => {
    const plan = AppServicePlan.dedicated(size);
    expect(() => secure(stack, Backend.functionApp({ ...CREATED, plan }))).toThrow(
      refusal("invalid-plan-sku", `AppServicePlan.dedicated("${size}")`, advice),
    );
  });

  test.each(["EP1", "Y1"])("the size %s for a web app, which runs on dedicated plans only", (size) => {
    const plan = AppServicePlan.dedicated(size);
    expect(() => secure(stack, Backend.webApp({ ...CREATED, plan }))).toThrow(
      refusal("invalid-plan-sku", `"${size}"`, 'Use a size such as "B1"'),
    );
  });

  test("a consumption size for a dedicated plan", () => {
    const plan = AppServicePlan.dedicated("Y1");
    expect(() => secure(stack, Backend.webApp({ ...CREATED, plan }))).toThrow(
      refusal("invalid-plan-sku", "[app/Orders/Backend] ", '"Y1"', "AppServicePlan.dedicated"),
    );
  });

  test.each([
    ["Linux", Backend.webApp],
    ["Windows", Backend.windowsWebApp],
  ] as const)("a web app on %s, on elastic premium", (_, factory) => {
    const plan = AppServicePlan.elasticPremium("EP1");
    expect(() => secure(stack, factory({ ...CREATED, plan }))).toThrow(
      refusal("plan-for-functions-only", "[app/Orders/Backend] ", 'AppServicePlan.dedicated("P1v3")'),
    );
  });

  test.each([
    ["Windows", "Linux", Backend.functionApp],
    ["Windows", "Linux", Backend.webApp],
    ["Linux", "Windows", Backend.windowsFunctionApp],
    ["Linux", "Windows", Backend.windowsWebApp],
  ] as const)("a %s plan for a %s app", (has, wanted, factory) => {
    secure(stack, factory({ ...CREATED, plan: AppServicePlan.existing(planOf(has, "P1v3")) }));
    expect(findings(stack)).toEqual([
      refusal(
        "plan-of-other-system",
        "[app/Orders/Backend] ",
        '"app/Plan"',
        `has osType "${has}"`,
        `osType "${wanted}".`,
      ),
    ]);
  });

  test.each(["EP1", "FC1", "Y1", "F1"])("an existing plan of the size %s, passed as a dedicated one", (skuName) => {
    secure(stack, Backend.functionApp({ ...CREATED, plan: AppServicePlan.existing(planOf("Linux", skuName)) }));
    expect(findings(stack)).toEqual([
      refusal(
        "plan-of-other-tier",
        '"app/Plan"',
        `"${skuName}"`,
        "AppServicePlan.existing(...) accepts only dedicated plans",
      ),
    ]);
  });

  test("an existing plan that is dedicated, passed as an elastic premium one", () => {
    secure(
      stack,
      Backend.functionApp({ ...CREATED, plan: AppServicePlan.existingElasticPremium(planOf("Linux", "P1v3")) }),
    );
    expect(findings(stack)).toEqual([
      refusal(
        "plan-of-other-tier",
        '"app/Plan"',
        '"P1v3"',
        "existingElasticPremium(...) accepts only elastic premium plans",
      ),
    ]);
  });

  test.each([
    ["by what only Terraform knows", () => planOf("Linux", "${var.size}")],
    ["by its id alone", () => ({ id: "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/serverFarms/p" })],
    ["in an App Service Environment", () => planOf("Linux", "I1v2")],
  ])("one that is given %s is taken for the right one", (_, plan) => {
    secure(stack, Backend.functionApp({ ...CREATED, plan: AppServicePlan.existing(plan()) }));
    expect(() => synth(stack)).not.toThrow();
  });
});
