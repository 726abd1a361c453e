import { Aspects, Fn, Lazy, Op, TerraformDataSource, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { ApiManagementBackend } from "@cdktf/provider-azurerm/lib/api-management-backend";
import { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product";
import { DataAzurermCognitiveAccount } from "@cdktf/provider-azurerm/lib/data-azurerm-cognitive-account";
import { LinuxWebApp, linuxWebAppAuthSettingsV2ToTerraform } from "@cdktf/provider-azurerm/lib/linux-web-app";
import {
  ApimGateway,
  ApimProduct,
  ApiSurface,
  ApiVersionSet,
  AppRuntime,
  Audience,
  Backend,
  IApimBackend,
  IApimGateway,
  IApiSurface,
  NetworkAccess,
  PolicyDocument,
  SecureApimBackend,
  SecurePolicyFragment,
  VersioningScheme,
} from "cdktf-secure-apim-backend";
import { guard, guardLifecycle } from "../../lib/core/guard";
import { refusal } from "../helpers/refusal";
import { findings, GROUP, Json, stackWithProviders, synth } from "../helpers/synth";

describe("a guarded resource", () => {
  const SIGN_IN = { authEnabled: true, requireAuthentication: true, login: {} };
  const RULES = [{ name: "gateway", action: "Allow", ipAddress: "203.0.113.7/32" }];
  const RENDERED_RULES = [{ name: "gateway", action: "Allow", ip_address: "203.0.113.7/32" }];
  const CLOSED = { condition: '${self.name != ""}', errorMessage: "Closed." };

  let stack: TerraformStack;
  let parent: LinuxWebApp;
  let app: LinuxWebApp;

  const webApp = (id: string, config: object = {}): LinuxWebApp =>
    new LinuxWebApp(stack, id, {
      name: "app",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      servicePlanId: "/plan",
      siteConfig: { ipRestriction: RULES, ipRestrictionDefaultAction: "Deny" },
      ...config,
    });

  /** As an app is guarded: for its sign-in, and for its network. */
  const guardTwice = (resource: LinuxWebApp): void => {
    resource.putAuthSettingsV2(SIGN_IN);
    guard(resource, {
      attributes: { auth_settings_v2: linuxWebAppAuthSettingsV2ToTerraform(SIGN_IN), auth_settings: undefined },
      changed: () => "sign-in",
    });
    guard(resource, {
      attributes: {
        public_network_access_enabled: undefined,
        "site_config.ip_restriction": RENDERED_RULES,
        "site_config.ip_restriction_default_action": "Deny",
        "site_config.scm_ip_restriction": undefined,
      },
      changed: () => "network",
    });
  };

  const everywhere = (path: string): string => `resource.azurerm_linux_web_app.App.${path}`;
  const visit = (change: () => void) => ({ visit: (node: IConstruct) => node === app && change() });

  beforeEach(() => {
    stack = stackWithProviders();
    parent = webApp("Parent");
    app = webApp("App", { lifecycle: { precondition: [CLOSED], replaceTriggeredBy: [parent] } });
  });

  describe("that nothing changes", () => {
    beforeEach(() => guardTwice(app));

    test("is fine", () => {
      expect(() => synth(stack)).not.toThrow();
    });

    test.each<[string, () => void]>([
      ["equal values", () => app.putAuthSettingsV2({ ...SIGN_IN })],
      ["an override with the same value", () => app.addOverride("auth_settings_v2.require_authentication", true)],
      ["an override that removes what is not set", () => app.addOverride("auth_settings_v2.excluded_paths", undefined)],
      ["an override on the stack with the same value", () => stack.addOverride(everywhere("name"), "app")],
      ["a dynamic block that is not guarded", () => app.addOverride("dynamic.storage_account", { for_each: [] })],
      ["what is beside it", () => app.addOverride("site_config.always_on", true)],
      [
        "ignored tags",
        () => (app.lifecycle = { ...app.lifecycle, ignoreChanges: ["tags", "site_config[0].always_on"] }),
      ],
      ["more in its lifecycle", () => (app.lifecycle = { ...app.lifecycle, preventDestroy: true })],
      [
        "more conditions",
        () => app.addOverride("lifecycle.precondition", [{ condition: "${true}", error_message: "x" }]),
      ],
      ["more triggers", () => app.addOverride("lifecycle.replace_triggered_by", ["terraform_data.x"])],
    ])("may get %s", (_, change) => {
      change();
      expect(() => synth(stack)).not.toThrow();
    });
  });

  test.each<[string, (string | object)[], () => void]>([
    ["a setter", ["sign-in"], () => app.putAuthSettingsV2({ authEnabled: false, login: {} })],
    ["a reset", ["sign-in"], () => app.resetAuthSettingsV2()],
    ["an attribute that must be absent", ["sign-in"], () => app.putAuthSettings({ enabled: true })],
    ["an override", ["sign-in"], () => app.addOverride("auth_settings_v2.require_authentication", false)],
    [
      "an override that adds to it",
      ["sign-in"],
      () => app.addOverride("auth_settings_v2.google_v2", { client_id: "x" }),
    ],
    ["an override that removes it", ["sign-in"], () => app.addOverride("auth_settings_v2", undefined)],
    [
      "an override of the stack",
      ["sign-in"],
      () => stack.addOverride(everywhere("auth_settings_v2.auth_enabled"), false),
    ],
    [
      "an override of the stack that removes it",
      ["sign-in"],
      () => stack.addOverride(everywhere("auth_settings_v2"), undefined),
    ],
    [
      "an override of the stack that adds to a list",
      ["network"],
      () => stack.addOverride(everywhere("site_config.ip_restriction"), [{}]),
    ],
    ["a nested setter", ["network"], () => app.siteConfig.putIpRestriction([])],
    ["a nested attribute that must be absent", ["network"], () => app.siteConfig.putScmIpRestriction(RULES)],
    ["a block as a list", ["network"], () => app.addOverride("site_config", [{ ip_restriction: RENDERED_RULES }])],
    ["a dynamic block", ["sign-in"], () => app.addOverride("dynamic.auth_settings_v2", { for_each: [], content: {} })],
    [
      "a dynamic block in a list",
      ["sign-in"],
      () => app.addOverride("dynamic", [{ auth_settings_v2: { for_each: [] } }]),
    ],
    [
      "a nested dynamic block",
      ["network"],
      () => app.addOverride("site_config.dynamic.ip_restriction", { for_each: [] }),
    ],
    ["a dynamic block around it", ["network"], () => app.addOverride("dynamic.site_config", { for_each: [] })],
    [
      "a setter for both",
      ["sign-in", "network"],
      () => (app.resetAuthSettingsV2(), (app.publicNetworkAccessEnabled = true)),
    ],
    ["an aspect", ["sign-in"], () => Aspects.of(stack).add(visit(() => app.resetAuthSettingsV2()))],
    [
      "a lifecycle without its conditions",
      [refusal("conditions-removed", "app/App")],
      () => (app.lifecycle = { replaceTriggeredBy: [parent] }),
    ],
    [
      "a lifecycle without its triggers",
      [refusal("replace-trigger-removed", "app/App")],
      () => (app.lifecycle = { precondition: [CLOSED] }),
    ],
    [
      "a lifecycle of its own",
      [refusal("conditions-removed", "app/App"), refusal("replace-trigger-removed", "app/App")],
      () => (app.lifecycle = { preventDestroy: true }),
    ],
    [
      "another condition",
      [refusal("conditions-removed")],
      () => app.addOverride("lifecycle.precondition.0.condition", "${true}"),
    ],
    [
      "another trigger",
      [refusal("replace-trigger-removed")],
      () => app.addOverride("lifecycle.replace_triggered_by.0", "x.y"),
    ],
    [
      "a condition that is changed in place",
      [refusal("conditions-removed")],
      () => Object.assign(app.lifecycle!.precondition![0], { condition: "${true}" }),
    ],
    [
      "a condition that is taken from the list",
      [refusal("conditions-removed")],
      () => app.lifecycle!.precondition!.pop(),
    ],
  ])("is an error at synth to change by %s", (_, found, change) => {
    app.lifecycle = { precondition: [{ ...CLOSED }], replaceTriggeredBy: [parent] };
    guardLifecycle(app);
    guardTwice(app);
    change();
    expect(findings(stack)).toEqual(found.map((each) => (typeof each === "string" ? `[app/App] ${each}` : each)));
  });

  test("is an error at synth to change by an aspect that was added before", () => {
    Aspects.of(stack).add(visit(() => app.resetAuthSettingsV2()));
    guardTwice(app);
    expect(findings(stack)).toEqual(["[app/App] sign-in"]);
  });

  test("is an error at synth to change by a list that was passed to it", () => {
    const protocols = ["https"];
    const api = new ApiManagementApi(stack, "Api", {
      name: "orders",
      apiManagementName: "apim",
      resourceGroupName: GROUP.name,
      revision: "1",
      protocols,
    });
    guard(api, { attributes: { protocols }, changed: () => "protocols" });
    protocols.push("http");
    expect(findings(stack)).toEqual(["[app/Api] protocols"]);
  });

  test.each<[string | string[], string[]]>([
    ["all", ["auth_settings_v2", "auth_settings", "site_config.ip_restriction"]],
    [["all"], ["auth_settings_v2", "site_config.ip_restriction"]],
    [["auth_settings_v2"], ["auth_settings_v2"]],
    [["auth_settings_v2[0].require_authentication"], ["auth_settings_v2"]],
    [["auth_settings_v2.0.require_authentication"], ["auth_settings_v2"]],
    [["tags", "auth_settings"], ["auth_settings"]],
    [
      ["site_config"],
      ["site_config.ip_restriction, site_config.ip_restriction_default_action, site_config.scm_ip_restriction"],
    ],
    [["site_config[0]"], ["site_config.ip_restriction"]],
    [["site_config[0].ip_restriction"], ["changes to site_config.ip_restriction,"]],
    [["site_config[0].ip_restriction[0].ip_address"], ["site_config.ip_restriction"]],
    [["public_network_access_enabled"], ["public_network_access_enabled"]],
    [Lazy.listValue({ produce: () => ["auth_settings_v2"] }), ["auth_settings_v2"]],
  ])("is an error at synth to ignore: %j", (ignoreChanges, named) => {
    guardTwice(app);
    app.lifecycle = { ...app.lifecycle, ignoreChanges: ignoreChanges as string[] };
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", '"app/App"', ...named)]);
  });

  test.each<[string, () => void]>([
    ["an override", () => app.addOverride("lifecycle.ignore_changes", ["auth_settings_v2"])],
    ["an override of the stack", () => stack.addOverride(everywhere("lifecycle.ignore_changes"), "all")],
    ["an aspect", () => Aspects.of(app).add(visit(() => (app.lifecycle = { ...app.lifecycle, ignoreChanges: "all" })))],
  ])("is an error at synth to ignore by %s", (_, change) => {
    guardTwice(app);
    change();
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", "app/App", "auth_settings_v2")]);
  });

  test("may have only the other attributes that it is said to have", () => {
    const others = new Set([
      "//",
      "name",
      "resource_group_name",
      "location",
      "service_plan_id",
      "lifecycle",
      "depends_on",
    ]);
    guard(app, { attributes: { site_config: undefined }, others, changed: () => "changed" });
    app.addOverride("site_config", undefined);
    expect(() => synth(stack)).not.toThrow();
    app.addOverride("lifecycle.ignore_changes", ["sticky"]);
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", "app/App", "sticky")]);
    app.addOverride("lifecycle.ignore_changes", undefined);
    app.count = 0;
    expect(findings(stack)).toEqual(["[app/App] changed"]);
  });

  test("keeps conditions that are tokens, and those without attributes to guard", () => {
    const condition = Op.and(Fn.startswith(app.name, "a"), true);
    app.lifecycle = { postcondition: [{ condition, errorMessage: "Closed." }] };
    guardLifecycle(app);
    expect(() => synth(stack)).not.toThrow();
    app.lifecycle = undefined;
    expect(findings(stack)).toEqual([refusal("conditions-removed", "app/App")]);
  });

  test("has one validation, and is rendered once in it and never before", () => {
    const rendered = jest.spyOn(app, "toTerraform");
    guardTwice(app);
    expect(rendered).not.toHaveBeenCalled();
    expect(app.node.validate()).toEqual([]);
    expect(rendered).toHaveBeenCalledTimes(1);
    stack.runAllValidations();
    expect(rendered).toHaveBeenCalledTimes(2);
  });

  test("can get another logical id, before its address is read", () => {
    guardTwice(app);
    app.overrideLogicalId("renamed");
    app.resetAuthSettingsV2();
    expect(findings(stack)).toEqual(["[app/App] sign-in"]);
    app.putAuthSettingsV2(SIGN_IN);
    expect(Object.keys(synth(stack).resource.azurerm_linux_web_app)).toEqual(["Parent", "renamed"]);
  });
});

describe("what a stack creates", () => {
  let stack: TerraformStack;
  let api: SecureApimBackend;
  let fragment: SecurePolicyFragment;
  let product: ApimProduct;

  const backend = (): IApimBackend =>
    Backend.url("https://orders.contoso.com", Audience.clientId("11111111-2222-3333-4444-555555555555"));
  const resource = <T extends TerraformResource>(...path: string[]): T =>
    path.reduce<IConstruct>(({ node }, id) => node.findChild(id), api) as T;
  const ignore = (changed: TerraformResource, attribute: string): void => {
    changed.lifecycle = { ...changed.lifecycle, ignoreChanges: [attribute] };
  };

  beforeEach(() => {
    stack = stackWithProviders();
    const gateway = new ApimGateway(stack, "Gateway", {
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    api = new SecureApimBackend(stack, "Orders", { gateway, backend: backend() });
    product = new ApimProduct(stack, "Partners", { gateway });
    fragment = new SecurePolicyFragment(stack, "Stock", { gateway, backend: backend() });
  });

  test.each<[string, Parameters<typeof refusal>, () => void]>([
    [
      "another address of the backend",
      ["backend-entity-changed", "app/Orders/BackendEntity", "url"],
      () => (resource<ApiManagementBackend>("BackendEntity").url = "http://elsewhere"),
    ],
    [
      "a certificate that is not checked",
      ["backend-certificate-not-checked", "app/Orders/BackendEntity", "tls"],
      () =>
        resource<ApiManagementBackend>("BackendEntity").putTls({
          validateCertificateChain: false,
          validateCertificateName: false,
        }),
    ],
    [
      "an ignored address of the backend",
      ["guarded-attribute-ignored", "app/Orders/BackendEntity", "url"],
      () => ignore(resource<ApiManagementBackend>("BackendEntity"), "url"),
    ],
    [
      "plain HTTP",
      ["api-changed", "app/Orders/Api/Resource", "protocols"],
      () => (resource<ApiManagementApi>("Api", "Resource").protocols = ["http", "https"]),
    ],
    [
      "no subscription key",
      ["api-changed", "app/Orders/Api/Resource", '.withoutSubscriptionKey("why")'],
      () => (resource<ApiManagementApi>("Api", "Resource").subscriptionRequired = false),
    ],
    [
      "an ignored subscription key",
      ["guarded-attribute-ignored", "app/Orders/Api/Resource", "subscription_required"],
      () => ignore(resource<ApiManagementApi>("Api", "Resource"), "subscription_required"),
    ],
    [
      "another policy",
      ["policy-changed", "app/Orders/Policy", "xml_content"],
      () => (resource<ApiManagementApiPolicy>("Policy").xmlContent = "<policies />"),
    ],
    [
      "a policy by link",
      ["policy-changed", "app/Orders/Policy", "xml_link"],
      () => (resource<ApiManagementApiPolicy>("Policy").xmlLink = "https://contoso.com/policy.xml"),
    ],
    [
      "a policy that stays when its API is replaced",
      ["replace-trigger-removed", "app/Orders/Policy"],
      () => (resource<ApiManagementApiPolicy>("Policy").lifecycle = undefined),
    ],
    [
      "a product without subscriptions",
      ["product-changed", "app/Partners/Resource", "subscription_required"],
      () => (product.node.findChild("Resource") as ApiManagementProduct).resetSubscriptionRequired(),
    ],
    [
      "another fragment",
      ["fragment-changed", "app/Stock/Resource", "value"],
      () => (fragment.node.findChild("Resource") as TerraformResource).addOverride("value", "<fragment />"),
    ],
  ])("is an error at synth with %s, set afterwards", (_, expected, change) => {
    change();
    expect(findings(stack)).toEqual([refusal(...expected)]);
  });

  test("may be changed where that opens nothing", () => {
    resource<ApiManagementApi>("Api", "Resource").description = "Orders of the shop";
    expect(() => synth(stack)).not.toThrow();
  });

  test("is not rendered before synth, so a logical id can still be set", () => {
    const rendered = jest.spyOn(TerraformResource.prototype, "toTerraform");
    const gateway = api.node.scope!.node.findChild("Gateway") as ApimGateway;
    const stock = new SecureApimBackend(stack, "Late", { gateway, backend: backend() });
    expect(rendered).not.toHaveBeenCalled();
    rendered.mockRestore();
    (stock.node.findChild("Policy") as TerraformResource).overrideLogicalId("late_policy");
    expect(Object.keys(synth(stack).resource.azurerm_api_management_api_policy)).toContain("late_policy");
  });
});

/* What Terraform checks because it is not known at synth is checked whatever else is done to the resource. */

const SUBNET = { id: "/subscriptions/s/subnets/apim" };
const ZONE = { id: "/subscriptions/s/privatelink.azurewebsites.net" };
const webApp = (networkAccess: NetworkAccess) => (): IApimBackend =>
  Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), networkAccess });

interface Case {
  /** The wildcard unless said otherwise. */
  readonly surface?: (stack: TerraformStack, gateway: IApimGateway) => IApiSurface;
  readonly backend: (stack: TerraformStack) => IApimBackend;
  /** What is checked, and on what. */
  readonly path: string;
  readonly block?: "data";
  readonly kind?: "postcondition";
}

const CASES: Record<string, Case> = {
  "that an existing gateway has its identity": {
    backend: webApp(NetworkAccess.anywhere()),
    path: "Gateway/Resource",
    block: "data",
    kind: "postcondition",
  },
  "that an existing API is what it is taken for": {
    backend: () => Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    surface: () => ApiSurface.existingApi("orders", PolicyDocument.EMPTY),
    path: "Orders/Api/Resource",
    block: "data",
    kind: "postcondition",
  },
  "that an existing version set tells versions apart as is said": {
    backend: () => Backend.url("https://orders.contoso.com", Audience.uri("api://orders")),
    surface: (stack, gateway) => {
      ApiVersionSet.fromLookup(stack, "Set", {
        gateway,
        versionSetName: "orders",
        path: "orders-set",
        scheme: VersioningScheme.PATH,
      });
      return ApiSurface.wildcard();
    },
    path: "Set/Resource",
    block: "data",
    kind: "postcondition",
  },
  "that a backend's address is HTTPS": {
    backend: () => Backend.url("${var.url}", Audience.uri("api://orders")),
    path: "Orders/BackendEntity",
  },
  "the addresses of a gateway": {
    backend: webApp(NetworkAccess.fromGatewayAddresses()),
    path: "Orders/Backend/Resource",
  },
  "that a gateway can be in a subnet": {
    backend: webApp(NetworkAccess.fromSubnet(SUBNET)),
    path: "Orders/Backend/Resource",
  },
  "that a gateway can reach a private endpoint": {
    backend: webApp(NetworkAccess.privateEndpoint({ subnet: SUBNET, privateDnsZone: ZONE })),
    path: "Orders/Backend/Resource",
  },
  "that an OpenAI account takes tokens": {
    backend: (stack) =>
      Backend.azureOpenAi(new DataAzurermCognitiveAccount(stack, "Models", { name: "m", resourceGroupName: "ai" })),
    path: "Orders/BackendEntity",
  },
};

type Checked = TerraformResource | TerraformDataSource;

describe.each(Object.entries(CASES))("%s", (_, { backend, surface, path, block, kind = "precondition" }) => {
  let stack: TerraformStack;
  let checked: Checked;

  beforeEach(() => {
    stack = stackWithProviders();
    const gateway = ApimGateway.fromLookup(stack, "Gateway", { apimName: "contoso", resourceGroupName: "platform" });
    new SecureApimBackend(stack, "Orders", {
      gateway,
      backend: backend(stack),
      surface: surface?.(stack, gateway),
    });
    checked = stack.node.findAll().find((node) => node.node.path === `app/${path}`) as Checked;
  });

  const inStack = (): string =>
    `${block ?? "resource"}.${checked.terraformResourceType}.${checked.friendlyUniqueId}.lifecycle.${kind}`;
  const lifecycle = (): Json =>
    synth(stack)[block ?? "resource"][checked.terraformResourceType][checked.friendlyUniqueId].lifecycle;

  test.each<[string, () => void]>([
    [
      "an aspect replaces the lifecycle",
      () =>
        Aspects.of(stack).add({
          visit: (node) => {
            if (node === checked) checked.lifecycle = { preventDestroy: true };
          },
        }),
    ],
    ["the lifecycle is taken off", () => (checked.lifecycle = undefined)],
    ["an override takes the conditions off", () => checked.addOverride(`lifecycle.${kind}`, undefined)],
    ["an override changes one", () => checked.addOverride(`lifecycle.${kind}.0.condition`, "${true}")],
    ["an override on the stack takes the conditions off", () => stack.addOverride(inStack(), undefined)],
    ["an override on the stack changes one", () => stack.addOverride(`${inStack()}.0.condition`, "${true}")],
  ])("is an error at synth to lose when %s", (_how, change) => {
    change();
    expect(findings(stack)).toEqual([refusal("conditions-removed", path, kind)]);
  });

  test("stays beside whatever is added to the lifecycle", () => {
    const ours: Json[] = lifecycle()[kind];
    checked.lifecycle = { ...checked.lifecycle, preventDestroy: true };
    checked.addOverride(`lifecycle.${kind}`, [{ condition: "${var.open}", error_message: "Closed." }]);
    stack.addOverride(inStack(), [{ condition: "${var.late}", error_message: "Late." }]);
    expect(lifecycle()).toMatchObject({
      [kind]: [
        ...ours,
        { condition: "${var.open}", error_message: "Closed." },
        { condition: "${var.late}", error_message: "Late." },
      ],
      prevent_destroy: true,
    });
  });
});
