import { TerraformStack } from "cdktf";
import { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import {
  ApimGateway,
  ApimSku,
  AppServicePlan,
  Backend,
  GatewayNetwork,
  IApimBackend,
  IApimGateway,
  NetworkAccess,
  SecureApimBackend,
} from "cdktf-secure-apim-backend";
import { refusal } from "../../helpers/refusal";
import { all, annotations, findings, GROUP, Json, only, stackWithProviders, synth } from "../../helpers/synth";
import { CREATED, insightsIn, secure } from "./behind-gateway";

/* Deployment slots that are created with their app, each closed like the app. */

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- also values that the compiler would refuse
type Untyped = any;

const plan = AppServicePlan.dedicated("S1");
const slots = [{ name: "staging" }];

const KINDS: Record<string, (props?: Untyped) => IApimBackend> = {
  azurerm_linux_function_app: (props) => Backend.functionApp({ ...CREATED, plan, slots, ...props }),
  azurerm_windows_function_app: (props) => Backend.windowsFunctionApp({ ...CREATED, plan, slots, ...props }),
  azurerm_linux_web_app: (props) => Backend.webApp({ ...CREATED, plan, slots, ...props }),
  azurerm_windows_web_app: (props) => Backend.windowsWebApp({ ...CREATED, plan, slots, ...props }),
};

let stack: TerraformStack;

beforeEach(() => {
  stack = stackWithProviders();
});

const web = (props: Untyped): (() => unknown) => {
  return () => secure(stack, Backend.webApp({ ...CREATED, plan, ...props }));
};

describe.each(Object.keys(KINDS))("a slot of %s", (type) => {
  const made = (props?: Untyped): [app: Json, slot: Json, json: Json] => {
    secure(stack, KINDS[type](props));
    const json = synth(stack);
    return [only(json, type), only(json, `${type}_slot`), json];
  };

  test("has everything that the app has, but its name, place, plan and sticky settings", () => {
    const [app, slot] = made({
      healthCheck: { path: "/health" },
      cors: { allowedOrigins: ["https://portal.contoso.com"] },
      virtualNetworkIntegration: { subnet: { id: "/subnets/apps" } },
      appSettings: { FEATURE: "on" },
      stickySettings: ["FEATURE"],
      tags: { team: "orders" },
    });
    const { name, resource_group_name, location, service_plan_id, sticky_settings, ...shared } = app;
    const { name: slotName, function_app_id, app_service_id, ...ofSlot } = slot;
    expect(ofSlot).toEqual(shared);
    expect([slotName, function_app_id ?? app_service_id]).toEqual([
      "staging",
      `\${${type}.Orders_Backend_0F5C7089.id}`,
    ]);
    expect([resource_group_name, location, sticky_settings]).toEqual([
      GROUP.name,
      GROUP.location,
      { app_setting_names: ["FEATURE"] },
    ]);
    expect([name, service_plan_id]).not.toContain(undefined);
  });

  test("has app settings of its own beside those of the app", () => {
    const own = [{ name: "staging", appSettings: { MODE: "staging" } }];
    const [app, slot] = made({ slots: own, appSettings: { MODE: "live", FEATURE: "on" } });
    expect(app.app_settings).toEqual({ MODE: "live", FEATURE: "on" });
    expect(slot.app_settings).toEqual({ MODE: "staging", FEATURE: "on" });
  });

  test.each([
    ["https_only", false, "app-security-changed"],
    ["site_config.minimum_tls_version", "1.0", "app-security-changed"],
    ["auth_settings_v2.require_authentication", false, "sign-in-changed"],
  ])("cannot be opened: %s", (attribute, value, id) => {
    const backend = KINDS[type]() as Untyped;
    secure(stack, backend);
    backend.slots.staging.addOverride(attribute, value);
    expect(findings(stack)).toEqual([refusal(id, "app/Orders/Backend/Slot-staging/Resource")]);
  });

  test("is behind the network access of the app, or its own", () => {
    const gateway = networked();
    const networkAccess = NetworkAccess.fromSubnet({ id: "/subnets/apim" });
    const own = [{ name: "staging" }, { name: "test", networkAccess: NetworkAccess.anywhere() }];
    new SecureApimBackend(stack, "Orders", { gateway, backend: KINDS[type]({ networkAccess, slots: own }) });
    const [staging, test] = Object.values<Json>(all(synth(stack), `${type}_slot`)).map((slot) => slot.site_config);
    expect([staging.ip_restriction_default_action, staging.scm_use_main_ip_restriction]).toEqual(["Deny", true]);
    expect(test.ip_restriction_default_action).toBeUndefined();
  });

  test("has a private endpoint of its own, which belongs to the app", () => {
    const networkAccess = NetworkAccess.privateEndpoint({
      subnet: { id: "/subnets/endpoints" },
      privateDnsZone: { id: "/privatelink.azurewebsites.net" },
    });
    const backend = KINDS[type]({ networkAccess }) as Untyped;
    new SecureApimBackend(stack, "Orders", { gateway: networked(), backend });
    const json = synth(stack);
    expect(only(json, `${type}_slot`).public_network_access_enabled).toBe(false);
    const app = `${type}.Orders_Backend_0F5C7089`;
    const endpoints = Object.values<Json>(all(json, "azurerm_private_endpoint"));
    expect(endpoints.map(({ name, private_service_connection: to }) => [name, to])).toEqual(
      [
        [`\${${app}.name}-endpoint`, "sites"],
        [`\${${app}.name}-staging-endpoint`, "sites-staging"],
      ].map(([name, subresource]) => [
        name,
        {
          name,
          is_manual_connection: false,
          private_connection_resource_id: `\${${app}.id}`,
          subresource_names: [subresource],
        },
      ]),
    );
    expect(backend.slotResources.staging.privateEndpoint.node.path).toBe(
      "app/Orders/Backend/Slot-staging/PrivateEndpoint",
    );
  });

  test("sends telemetry and logs like the app, with its own identity", () => {
    const backend = KINDS[type]({ applicationInsights: insightsIn(stack), accessLogs: { id: "/logs" } }) as Untyped;
    secure(stack, backend);
    const { telemetryRole, accessLog, storageRoles } = backend.slotResources.staging;
    const slot = `${type}_slot.Orders_Backend_Slot-staging_`;
    const json = synth(stack);
    const rendered = Object.values<Json>(all(json, "azurerm_role_assignment")).map((role) => role.principal_id);
    expect(rendered.filter((id) => id.includes(slot))).toHaveLength(type.includes("function") ? 2 : 1);
    expect(storageRoles).toHaveLength(type.includes("function") ? 1 : 0);
    expect([telemetryRole, accessLog].map((each) => each.node.path)).toEqual([
      "app/Orders/Backend/Slot-staging/MonitoringMetricsPublisher",
      "app/Orders/Backend/Slot-staging/AccessLog",
    ]);
  });
});

const networked = (): IApimGateway =>
  new ApimGateway(stack, "Gateway", {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    sku: ApimSku.DEVELOPER,
    network: GatewayNetwork.external({ id: "/subnets/apim" }),
  });

test("what could not be checked of the network is said once for the app and its slots", () => {
  const networkAccess = NetworkAccess.fromSubnet({ id: "/subnets/other" });
  const backend = Backend.webApp({ ...CREATED, plan, slots, networkAccess });
  new SecureApimBackend(stack, "Orders", { gateway: networked(), backend });
  const subnets = annotations(stack).filter((each) => each.includes("Microsoft.Web"));
  expect(subnets).toEqual([refusal("not-inspected", '"/subnets/other"')]);
});

test("a plan without slots: the default, and one of yours", () => {
  expect(web({ plan: undefined, slots })).toThrow(refusal("slots-not-in-tier", "B1", 'AppServicePlan.dedicated("S1")'));
  stack = stackWithProviders();
  const basic = new ServicePlan(stack, "Basic", {
    name: "basic",
    resourceGroupName: GROUP.name,
    location: GROUP.location,
    osType: "Linux",
    skuName: "B2",
  });
  web({ plan: AppServicePlan.existing(basic), slots })();
  expect(findings(stack)).toEqual([refusal("slots-not-in-existing-tier", '"app/Basic"', '"B2"')]);
});

test("elastic premium plans have slots", () => {
  const backend = Backend.functionApp({ ...CREATED, plan: AppServicePlan.elasticPremium("EP1"), slots });
  secure(stack, backend);
  expect(Object.keys(backend.slots)).toEqual(["staging"]);
  expect(only(synth(stack), "azurerm_linux_function_app_slot").site_config.always_on).toBeUndefined();
});

test.each([
  ["production", '"production"'],
  ["Stage Two", '"stage-two"'],
  ["", '""'],
])("a name that no slot can have: %j", (name, shown) => {
  expect(web({ slots: [{ name }] })).toThrow(refusal("invalid-name", "name of a deployment slot", shown));
});

test("two slots of one name, and a name that only Terraform knows", () => {
  expect(web({ slots: [{ name: "staging" }, { name: "Staging" }] })).toThrow(refusal("slot-name-taken", '"staging"'));
  stack = stackWithProviders();
  expect(web({ slots: [{ name: "${var.slot}" }] })).toThrow(refusal("literal-required", "deployment slot"));
});

test("function hosts of an app and its slots must be told apart by their names", () => {
  const functions = (appName: string, names: string[]) => () =>
    secure(
      stackWithProviders(),
      Backend.functionApp({ ...CREATED, plan, appName, slots: names.map((name) => ({ name })) }),
    );
  const long = "a".repeat(32);
  expect(functions(long, ["staging"])).toThrow(
    refusal("slot-shares-host-id", "32 characters", "at most 24 characters"),
  );
  expect(functions("a".repeat(29), ["staging", "store"])).toThrow(refusal("slot-shares-host-id", "29 characters"));
  expect(functions("a".repeat(24), ["staging", "store"])).not.toThrow();
  const twins = ["b", "c"].map((end) => "a".repeat(29) + end);
  expect(functions("aa", twins)).toThrow(refusal("slot-shares-host-id", "name of each slot may have 31 characters"));
  expect(functions("${var.name}", ["staging"])).not.toThrow();
});

test("what closes a slot is not lost in another property", () => {
  const access = NetworkAccess.fromSubnet({ id: "/subnets/apim" });
  const slot = (props: Untyped) => {
    stack = stackWithProviders();
    return web({ slots: [{ name: "staging", ...props }] });
  };
  expect(slot({ networkAcess: access })).toThrow(refusal("misspelled-property", '"networkAcess"', "networkAccess"));
  expect(slot({ network: access })).toThrow(refusal("misspelled-property", '"network"', "networkAccess"));
  expect(slot({ tags: { team: "a" } })).toThrow(refusal("unknown-property", '"tags"', "an entry of slots"));
});

test("app settings of a slot are checked like those of the app", () => {
  expect(web({ slots: [{ name: "staging", appSettings: { WEBSITE_VNET_ROUTE_ALL: "1" } }] })).toThrow(
    refusal("app-setting-of-provider", "[app/Orders/Backend/Slot-staging]"),
  );
});
