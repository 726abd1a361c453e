import { Token, TerraformStack } from "cdktf";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { AppServicePlan, Backend, IApimBackend } from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, secure } from "./behind-gateway";

/* Apps as people run them: in a network, with a health check, CORS, identities and settings that stay. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const PLAN_APPS: Record<string, (props: Untyped) => IApimBackend> = {
  azurerm_linux_function_app: (props) => Backend.functionApp({ ...CREATED, ...props }),
  azurerm_windows_function_app: (props) => Backend.windowsFunctionApp({ ...CREATED, ...props }),
  azurerm_linux_web_app: (props) => Backend.webApp({ ...CREATED, ...props }),
  azurerm_windows_web_app: (props) => Backend.windowsWebApp({ ...CREATED, ...props }),
};
const FLEX = "azurerm_function_app_flex_consumption";
const SITES: typeof PLAN_APPS = {
  ...PLAN_APPS,
  [FLEX]: (props) => Backend.flexFunctionApp({ ...CREATED, ...props }),
};

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const subnet = (delegation?: string): Subnet =>
  new Subnet(stack, "Subnet", {
    name: "apps",
    resourceGroupName: GROUP.name,
    virtualNetworkName: "hub",
    addressPrefixes: ["10.0.1.0/26"],
    ...(delegation !== undefined && {
      delegation: [{ name: "app", serviceDelegation: { name: delegation } }],
    }),
  });

function appOf(type: string, props: Untyped): Json {
  secure(stack, SITES[type](props));
  return only(synth(stack), type);
}

const web = (props: Untyped): (() => unknown) => {
  return () => secure(stack, Backend.webApp({ ...CREATED, ...props }));
};

describe.each(Object.keys(SITES))("%s in a virtual network", (type) => {
  const service = type === FLEX ? "Microsoft.App/environments" : "Microsoft.Web/serverFarms";

  test("sends all its requests through a delegated subnet", () => {
    const app = appOf(type, { virtualNetworkIntegration: { subnet: subnet(service) } });
    expect(app.virtual_network_subnet_id).toBe("${azurerm_subnet.Subnet.id}");
    expect(app.site_config.vnet_route_all_enabled).toBe(true);
    expect(annotations(stack)).toEqual([]);
  });

  test("sends only requests to private addresses through it, if asked to", () => {
    const app = appOf(type, { virtualNetworkIntegration: { subnet: subnet(service), routeAll: false } });
    expect(app.site_config.vnet_route_all_enabled).toBe(false);
  });

  test.each([undefined, "Microsoft.ContainerInstance/containerGroups"])("needs the delegation: %s", (delegation) => {
    secure(stack, SITES[type]({ virtualNetworkIntegration: { subnet: subnet(delegation) } }));
    expect(findings(stack)).toEqual([refusal("integration-subnet-not-delegated", '"app/Subnet"', service)]);
  });

  test("reaches the network, and is still reached as its networkAccess says", () => {
    const app = appOf(type, { virtualNetworkIntegration: { subnet: subnet(service) } });
    expect(app.public_network_access_enabled).toBeUndefined();
    expect(app.site_config.ip_restriction).toBeUndefined();
  });
});

test("a subnet that only Terraform knows is taken, and a warning says what was not checked", () => {
  const app = appOf("azurerm_linux_web_app", { virtualNetworkIntegration: { subnet: { id: "/subnets/apps" } } });
  expect(app.virtual_network_subnet_id).toBe("/subnets/apps");
  expect(annotations(stack)).toEqual([
    refusal("not-inspected", "virtualNetworkIntegration", "Microsoft.Web/serverFarms"),
  ]);
});

describe.each(Object.keys(PLAN_APPS))("the health check of %s", (type) => {
  test("signs in by itself: its path is no path without sign-in", () => {
    const app = appOf(type, { healthCheck: { path: "/api/health" } });
    expect(app.site_config).toMatchObject({ health_check_path: "/api/health", health_check_eviction_time_in_min: 10 });
    expect(app.auth_settings_v2.excluded_paths).toBeUndefined();
  });

  test("evicts sooner", () => {
    const app = appOf(type, { healthCheck: { path: "/health", evictionTimeInMinutes: 2 } });
    expect(app.site_config.health_check_eviction_time_in_min).toBe(2);
  });
});

test.each(["health", "", "/health?full=1", "/a b"])("a path of a health check that is none: %j", (path) => {
  expect(web({ healthCheck: { path } })).toThrow(refusal("invalid-health-check-path", `"${path}"`));
});

test.each([1, 11, 2.5])("App Service evicts after 2 to 10 minutes, not %s", (evictionTimeInMinutes) => {
  expect(web({ healthCheck: { path: "/health", evictionTimeInMinutes } })).toThrow(
    refusal("number-not-in-range", "evictionTimeInMinutes in healthCheck", String(evictionTimeInMinutes)),
  );
});

describe("cors", () => {
  const PORTAL = "https://portal.contoso.com";

  test.each(Object.keys(SITES))("lets web pages call %s", (type) => {
    const app = appOf(type, { cors: { allowedOrigins: [PORTAL, "http://localhost:3000"], supportCredentials: true } });
    expect(app.site_config.cors).toEqual({
      allowed_origins: [PORTAL, "http://localhost:3000"],
      support_credentials: true,
    });
    expect(app.auth_settings_v2.excluded_paths).toBeUndefined();
    expect(app.auth_settings_v2.require_authentication).toBe(true);
  });

  test("takes any page without credentials, and one that only Terraform knows", () => {
    const app = appOf("azurerm_linux_web_app", { cors: { allowedOrigins: ["*"] } });
    expect(app.site_config.cors).toEqual({ allowed_origins: ["*"], support_credentials: false });
    expect(web({ cors: { allowedOrigins: ["${var.portal}"] } })).not.toThrow(refusal("invalid-app-cors-origin"));
  });

  test("no page gets the credentials of every user", () => {
    expect(web({ cors: { allowedOrigins: ["*"], supportCredentials: true } })).toThrow(refusal("cors-for-any-origin"));
    stack = stackWithProviders();
    expect(web({ cors: { allowedOrigins: [PORTAL, "*"] } })).toThrow(refusal("cors-for-any-origin"));
  });

  test.each([
    ["https://portal.contoso.com/", '"https://portal.contoso.com/"'],
    ["portal.contoso.com", '"portal.contoso.com"'],
    ["https://*.contoso.com", '"https://*.contoso.com"'],
    [3, "3"],
  ])("%j is no origin", (origin, shown) => {
    expect(web({ cors: { allowedOrigins: [origin] } })).toThrow(refusal("invalid-app-cors-origin", shown));
  });

  test("an empty list is no list of pages", () => {
    expect(web({ cors: { allowedOrigins: [] } })).toThrow(refusal("invalid-app-cors-origin", "no allowed origin"));
  });
});

describe("user-assigned identities", () => {
  test.each(Object.keys(SITES))("%s has them beside its own", (type) => {
    const identity = new UserAssignedIdentity(stack, "Orders-Id", {
      name: "orders",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
    });
    const app = appOf(type, { additionalIdentities: [identity, identity] });
    expect(app.identity).toEqual({
      type: "SystemAssigned, UserAssigned",
      identity_ids: ["${azurerm_user_assigned_identity.Orders-Id.id}"],
    });
  });

  test("a container app has them beside the identity for its registry", () => {
    const registry = { server: "contoso.azurecr.io", identity: { id: "/pull", principalId: "p", clientId: "c" } };
    const additionalIdentities = [{ id: "/db", principalId: "q", clientId: "d" }];
    const container = { resourceGroup: GROUP, image: "contoso.azurecr.io/orders:1", targetPort: 80 };
    secure(stack, Backend.containerApp({ ...container, registry, additionalIdentities }));
    expect(only(synth(stack), "azurerm_container_app").identity).toEqual({
      type: "SystemAssigned, UserAssigned",
      identity_ids: ["/pull", "/db"],
    });
  });

  test("without one there is only the app's own", () => {
    expect(appOf("azurerm_linux_web_app", { additionalIdentities: [] }).identity).toEqual({ type: "SystemAssigned" });
  });
});

describe("always on", () => {
  test.each(Object.keys(PLAN_APPS))("%s stays loaded, unless told otherwise", (type) => {
    expect(appOf(type, {}).site_config.always_on).toBe(true);
    stack = stackWithProviders();
    expect(appOf(type, { alwaysOn: false }).site_config.always_on).toBe(false);
  });

  test.each([true, false])("an elastic premium plan has no such setting: %s", (alwaysOn) => {
    const plan = AppServicePlan.elasticPremium("EP1");
    expect(() => secure(stack, Backend.functionApp({ ...CREATED, plan, alwaysOn }))).toThrow(
      refusal("always-on-not-in-tier", `${alwaysOn}`),
    );
  });
});

test.each(Object.keys(PLAN_APPS))("settings of %s that stay when slots are swapped", (type) => {
  const app = appOf(type, { stickySettings: ["ASPNETCORE_ENVIRONMENT"] });
  expect(app.sticky_settings).toEqual({ app_setting_names: ["ASPNETCORE_ENVIRONMENT"] });
  stack = stackWithProviders();
  expect(appOf(type, {}).sticky_settings).toBeUndefined();
});

test.each([
  ["WEBSITE_VNET_ROUTE_ALL", "virtualNetworkIntegration"],
  ["WEBSITE_HEALTHCHECK_MAXPINGFAILURES", "healthCheck"],
  ["DOCKER_REGISTRY_SERVER_PASSWORD", "AcrPull"],
  ["docker_registry_server_url", "AppRuntime.container"],
])("%s is an app setting that azurerm refuses, and there is an option for it", (name, option) => {
  expect(web({ appSettings: { [name]: "1" } })).toThrow(refusal("app-setting-of-provider", `"${name}"`, option));
});

test.each([
  "WEBSITE_AUTH_ENCRYPTION_KEY",
  "WEBSITE_AUTH_SIGNING_KEY",
  "WEBSITE_AUTH_ENABLED",
  "MACHINEKEY_DecryptionKey",
  "MACHINEKEY_ValidationKey",
  "WEBSITE_OVERRIDE_PRESERVE_DEFAULT_STICKY_SLOT_SETTINGS",
])("no app setting opens an app or a slot: %s", (name) => {
  const appSettings = { [name]: "0" };
  expect(web({ appSettings })).toThrow(refusal("app-setting-opens-app", `"${name}"`));
  stack = stackWithProviders();
  const plan = AppServicePlan.dedicated("S1");
  expect(web({ plan, slots: [{ name: "staging", appSettings }] })).toThrow(
    refusal("app-setting-opens-app", "Slot-staging"),
  );
});

describe("an option that a factory does not have is not lost", () => {
  const SITE = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/sites/orders";
  const own = () =>
    new LinuxWebApp(stack, "Own", {
      name: "own",
      resourceGroupName: "rg",
      location: "x",
      servicePlanId: "/p",
      siteConfig: {},
    });
  const FACTORIES: Record<string, (props: Untyped) => IApimBackend> = {
    webApp: (props) => Backend.webApp({ ...CREATED, ...props }),
    functionApp: (props) => Backend.functionApp({ ...CREATED, ...props }),
    flexFunctionApp: (props) => Backend.flexFunctionApp({ ...CREATED, ...props }),
    containerApp: (props) =>
      Backend.containerApp({ resourceGroup: GROUP, image: "orders:1", targetPort: 80, ...props }),
    fromLinuxWebApp: (props) => Backend.fromLinuxWebApp(own(), props),
    existingApp: (props) => Backend.existingApp(SITE, "https://orders.azurewebsites.net", props),
  };
  const OPTIONS: Untyped = {
    slots: [{ name: "staging" }],
    healthCheck: { path: "/health" },
    alwaysOn: true,
    stickySettings: ["MODE"],
    plan: AppServicePlan.dedicated("S1"),
    cors: { allowedOrigins: ["https://portal.contoso.com"] },
    lock: { kind: "CanNotDelete" },
    tags: { team: "orders" },
    anonymousPaths: {},
    storageAccountName: "orders",
  };

  test.each([
    ["flexFunctionApp", ["slots", "healthCheck", "alwaysOn", "stickySettings", "plan"]],
    ["webApp", ["storageAccountName"]],
    ["containerApp", ["slots", "healthCheck", "alwaysOn", "stickySettings", "plan", "cors", "anonymousPaths"]],
    ["fromLinuxWebApp", ["healthCheck", "alwaysOn", "stickySettings", "plan", "cors", "lock", "tags"]],
    ["existingApp", ["slots", "healthCheck", "alwaysOn", "cors", "lock", "tags", "anonymousPaths"]],
  ])("%s", (factory, names) => {
    for (const name of names) {
      stack = stackWithProviders();
      const bind = () => secure(stack, FACTORIES[factory]({ [name]: OPTIONS[name] }));
      expect(bind).toThrow(refusal("unknown-property", `"${name}"`, `Backend.${factory}`));
    }
  });

  test.each([
    ["tag", "tags"],
    ["locks", "lock"],
    ["CORS", "cors"],
    ["additionalIdentity", "additionalIdentities"],
    ["healthcheck", "healthCheck"],
    ["diagnosticSetting", "diagnosticSettings"],
    // As Azure Verified Modules call them.
    ["privateEndpoints", "networkAccess"],
    ["managedIdentities", "additionalIdentities"],
    ["deploymentSlots", "slots"],
    ["servicePlanResourceId", "plan"],
    ["virtualNetworkSubnetId", "virtualNetworkIntegration"],
  ])("%s is meant to be %s", (wrong, right) => {
    expect(() => FACTORIES.functionApp({ [wrong]: {} })).toThrow(refusal("misspelled-property", `"${wrong}"`, right));
  });
});

test.each<[string, Untyped, string]>([
  ["healthCheck", { path: "/health", evictionTime: 5 }, "evictionTime"],
  ["cors", { allowedOrigins: ["https://portal.contoso.com"], allowCredentials: true }, "allowCredentials"],
  ["virtualNetworkIntegration", { subnet: { id: "/subnets/apps" }, imagePull: true }, "imagePull"],
  ["lock", { kind: "CanNotDelete", notes: "ours" }, "notes"],
  ["diagnosticSettings", [{ name: "a", workspace: { id: "/logs" }, retentionDays: 30 }], "retentionDays"],
  ["roleAssignments", [{ key: "a", roleDefinitionIdOrName: "Reader", principalId: "a", role: "Owner" }], "role"],
])("what %s does not have is not lost in it", (option, value, wrong) => {
  expect(web({ [option]: value })).toThrow(refusal("unknown-property", `"${wrong}"`));
});

test("several apps run on the plan of the first", () => {
  const orders = Backend.webApp(CREATED);
  secure(stack, orders, "Orders");
  secure(stack, Backend.webApp({ ...CREATED, plan: orders.sharedPlan }), "Invoices");
  secure(stack, Backend.functionApp({ ...CREATED, plan: orders.sharedPlan }), "Shipping");
  const json = synth(stack);
  expect(Object.keys(all(json, "azurerm_service_plan"))).toHaveLength(1);
  const apps = { ...all(json, "azurerm_linux_web_app"), ...all(json, "azurerm_linux_function_app") };
  const [plan] = Object.keys(all(json, "azurerm_service_plan"));
  expect(Object.values<Json>(apps).map(({ service_plan_id }) => service_plan_id)).toEqual(
    Array(3).fill(`\${azurerm_service_plan.${plan}.id}`),
  );
  expect(annotations(stack)).toEqual([]);
});

test("a shared plan of elastic premium machines has no always-on", () => {
  const orders = Backend.functionApp({ ...CREATED, plan: AppServicePlan.elasticPremium("EP1") });
  secure(stack, orders);
  secure(stack, Backend.functionApp({ ...CREATED, plan: orders.sharedPlan }), "Invoices");
  const apps = Object.values<Json>(all(synth(stack), "azurerm_linux_function_app"));
  expect(apps.map((app) => app.site_config.always_on)).toEqual([undefined, undefined]);
});

test("an app on Windows cannot share the plan of one on Linux", () => {
  const orders = Backend.webApp(CREATED);
  secure(stack, orders);
  secure(stack, Backend.windowsWebApp({ ...CREATED, plan: orders.sharedPlan }), "Invoices");
  expect(findings(stack)).toEqual([refusal("plan-of-other-system", '"Linux"', '"Windows"')]);
});

test("an existing plan is shared by the same word", () => {
  const orders = Backend.webApp({ ...CREATED, plan: AppServicePlan.existing({ id: "/plans/shared" }) });
  secure(stack, orders);
  secure(stack, Backend.webApp({ ...CREATED, plan: orders.sharedPlan }), "Invoices");
  const apps = Object.values<Json>(all(synth(stack), "azurerm_linux_web_app"));
  expect(apps.map(({ service_plan_id }) => service_plan_id)).toEqual(["/plans/shared", "/plans/shared"]);
});

test("there is no plan to share before the app exists, or on Flex Consumption", () => {
  expect(() => Backend.webApp(CREATED).sharedPlan).toThrow(refusal("never-bound", "sharedPlan"));
  const flex = Backend.flexFunctionApp(CREATED);
  secure(stack, flex);
  expect(() => flex.sharedPlan).toThrow(refusal("plan-not-shared"));
});

test("a value that only Terraform knows passes where it can", () => {
  const path = Token.asString("${var.health}");
  expect(appOf("azurerm_linux_web_app", { healthCheck: { path } }).site_config.health_check_path).toBe("${var.health}");
});
