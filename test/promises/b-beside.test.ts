import { Lazy, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { ApiManagementApi } from "@cdktf/provider-azurerm/lib/api-management-api";
import { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { AzapiElement } from "../helpers/azapi";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { OWN_APP } from "../helpers/own-app";
import { refusal } from "../helpers/refusal";
import { findings, GROUP, Json, messageOf, stackWithProviders, synth } from "../helpers/synth";
import { packed } from "./packed";

/* What stands beside the resources of the library, or takes their place, in plain JavaScript. */

const ID = "11111111-2222-3333-4444-555555555555";
const {
  ApimGateway,
  ApimSku,
  ApiSurface,
  AppRuntime,
  Audience,
  Backend,
  Caller,
  GatewayNetwork,
  IpFilterAction,
  NetworkAccess,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
} = packed();

let stack: TerraformStack;
let gateway: Json;
beforeEach(() => {
  stack = stackWithProviders();
  const publisher = { publisherName: "Contoso", publisherEmail: "api@contoso.com" };
  gateway = new ApimGateway(stack, "Gateway", { resourceGroup: GROUP, sku: ApimSku.DEVELOPER, ...publisher });
});

const web = (props: Json = {}): Json =>
  Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), ...props });
const elsewhere = (): Json => Backend.url("https://orders.contoso.com", Audience.clientId(ID));
const orders = ({ id = "Orders", ...props }: Json = {}): Json =>
  new SecureApimBackend(stack, id, { gateway, backend: elsewhere(), ...props });
const callers = { allowed: [Caller.servicePrincipal(ID)] };
const addresses = NetworkAccess.fromGatewayAddresses();
const document = PolicyDocument.of(PolicyStatement.requireEntraToken({ tenantId: ID, clientIds: [ID] }));

describe("an address is written once", () => {
  test("an app", () => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const other = new LinuxWebApp(stack, "Other", { ...OWN_APP, authSettingsV2: { login: {}, authEnabled: false } });
    [app, other].forEach((each) => each.overrideLogicalId("app"));
    orders({ backend: Backend.fromLinuxWebApp(app) });
    expect(findings(stack)).toContainEqual(refusal("address-taken", '"app/App"', '"app/Other"'));
  });

  test("a policy", () => {
    orders({ callers }).apiPolicy.overrideLogicalId("policy");
    const config = {
      apiName: "other",
      apiManagementName: "contoso",
      resourceGroupName: "rg",
      xmlContent: "<policies/>",
    };
    new ApiManagementApiPolicy(stack, "Other", config).overrideLogicalId("policy");
    expect(findings(stack)).toEqual([refusal("address-taken", '"app/Orders/Policy"', '"app/Other"')]);
  });

  test.each([["once"], ["twice"]])("an API that was moved %s, to the address of two", (times) => {
    const { api } = orders();
    const same = {
      name: api.nameInput,
      apiManagementName: api.apiManagementNameInput,
      resourceGroupName: api.resourceGroupNameInput,
      revision: api.revisionInput,
      displayName: api.displayNameInput,
      path: api.pathInput,
      protocols: api.protocolsInput,
      serviceUrl: api.serviceUrlInput,
      subscriptionRequired: api.subscriptionRequiredInput,
      subscriptionKeyParameterNames: api.subscriptionKeyParameterNamesInput,
      lifecycle: api.lifecycle,
    };
    new ApiManagementApi(stack, "First", same).overrideLogicalId("target");
    const moves = times === "once" ? [api] : [api, new ApiManagementApi(stack, "Between", same)];
    moves.forEach((each, index) => {
      const next = moves[index + 1];
      each.moveToId(`azurerm_api_management_api.${next ? stack.getLogicalId(next) : "target"}`);
    });
    expect(() => synth(stack)).not.toThrow();
    const open = { ...same, protocols: ["http"], subscriptionRequired: false };
    new ApiManagementApi(stack, "Second", open).overrideLogicalId("target");
    expect(findings(stack)).toEqual([refusal("address-taken", '"app/First"', '"app/Second"')]);
  });

  test("two policies that were moved to each other", () => {
    const [first, second] = [orders(), orders({ id: "Stock" })].map(({ apiPolicy }) => apiPolicy);
    first.moveToId(`azurerm_api_management_api_policy.${stack.getLogicalId(second)}`);
    second.moveToId(`azurerm_api_management_api_policy.${stack.getLogicalId(first)}`);
    expect(findings(stack)).toEqual([
      refusal("moved-out-of-stack", '"app/Orders/Policy"'),
      refusal("moved-out-of-stack", '"app/Stock/Policy"'),
    ]);
  });

  test("not by a logical ID of your own that comes too late", () => {
    orders();
    const group = new ResourceGroup(stack, "Group", GROUP);
    expect(group.friendlyUniqueId).toBe("Group");
    group.overrideLogicalId("chosen");
    expect(Object.keys(synth(stack).resource.azurerm_resource_group)).toEqual(["Group"]);
  });

  test("a logical ID that comes too late", () => {
    orders({ backend: web() }).api.overrideLogicalId("chosen");
    expect(findings(stack)).toEqual([
      refusal("logical-id-too-late", '"chosen"', 'moveFromId("azurerm_api_management_api.chosen")'),
    ]);
  });
});

describe("the stack is checked as it is written", () => {
  const changesAfterRendering = (change: () => void): void =>
    new TerraformElement(stack, "zz").node.addValidation({
      validate: () => {
        stack.toTerraform();
        change();
        return [];
      },
    });

  test("by a validation that renders it", () => {
    const backend = web();
    orders({ backend });
    changesAfterRendering(() => backend.app.addOverride("https_only", false));
    expect(findings(stack)).toEqual([refusal("app-security-changed", "https_only")]);
  });

  test("by a validation that moves policies to each other", () => {
    const policies = [orders(), orders({ id: "Stock" })].map(({ apiPolicy }) => apiPolicy);
    const [first, second] = policies.map((policy) => `azurerm_api_management_api_policy.${stack.getLogicalId(policy)}`);
    changesAfterRendering(() => (policies[0].moveToId(second), policies[1].moveToId(first)));
    expect(findings(stack)).toEqual([
      refusal("moved-out-of-stack", '"app/Orders/Policy"'),
      refusal("moved-out-of-stack", '"app/Stock/Policy"'),
    ]);
  });

  test("the check cannot be removed", () => {
    orders();
    stack.node.tryRemoveChild("SecureApimBackendChecks");
    expect(findings(stack)).toEqual([refusal("guarded-resource-removed", "SecureApimBackendChecks")]);
  });
});

describe("a closing property is not lost", () => {
  const own = (): LinuxWebApp => new LinuxWebApp(stack, "App", OWN_APP);
  const registration = { appRegistration: {} };
  test.each<[string, () => unknown, string, string]>([
    [
      "networkAccess of your app",
      () => orders({ backend: Backend.fromLinuxWebApp(own(), { networkAccess: addresses }) }),
      "property-not-here",
      "networkAccess",
    ],
    [
      "networkAccess of a container app",
      () => Backend.containerApp({ networkAccess: addresses }),
      "property-not-here",
      "networkAccess",
    ],
    ["network of an app", () => web({ network: addresses }), "misspelled-property", "Write networkAccess"],
    [
      "restrictedAccess of an app",
      () => web({ restrictedAccess: addresses }),
      "misspelled-property",
      "Write networkAccess",
    ],
    [
      "vnet of a gateway",
      () => new ApimGateway(stack, "G", { vnet: GatewayNetwork.NONE }),
      "misspelled-property",
      "Write network",
    ],
    ["allowedCallers", () => orders({ allowedCallers: callers }), "misspelled-property", "Write callers"],
    ["admitted", () => orders({ admitted: callers }), "misspelled-property", "Write callers"],
    ["document", () => orders({ document }), "misspelled-property", "Write policy"],
    ["api", () => orders({ api: ApiSurface.operations([]) }), "misspelled-property", "Write surface"],
    ["verbs", () => ApiSurface.wildcard({ verbs: ["GET"] }), "misspelled-property", "Write methods"],
    ["appRegistration of an app", () => web(registration), "misspelled-property", "Write registration"],
    [
      "appRegistration of your app",
      () => orders({ backend: Backend.fromLinuxWebApp(own(), registration) }),
      "misspelled-property",
      "Write registration",
    ],
    [
      "claims",
      () =>
        PolicyStatement.requireEntraToken({
          tenantId: ID,
          clientIds: [ID],
          claims: [{ name: "roles", values: ["x"] }],
        }),
      "misspelled-property",
      "Write requiredClaims",
    ],
  ])("%s", (_, action, id, text) => {
    expect(action).toThrow(refusal(id, text));
  });

  test("ranges of addresses are not lost", () => {
    const range = { fromAddress: "10.0.0.1", toAddress: "10.0.0.9" };
    expect(() =>
      PolicyStatement.ipFilter({ action: IpFilterAction.FORBID, addresses: ["10.1.0.1"], ranges: [range] }),
    ).toThrow(refusal("misspelled-property", '"ranges"', "addressRanges"));
  });

  test("other properties are nobody's mistake", () => {
    const logger = new (class Logger {
      public readonly _create = undefined;
      public readonly node = {};
    })();
    expect(() => orders({ logger, network: "10.0.0.0/8", access: {}, policies: [] })).not.toThrow();
  });
});

describe("beside an API", () => {
  const policyOf = (api: Json, xmlContent: string): unknown =>
    new ApiManagementApiOperationPolicy(stack, "Own", {
      apiName: api.api.name,
      apiManagementName: gateway.apimName,
      resourceGroupName: GROUP.name,
      operationId: "get",
      xmlContent,
    });

  test.each([
    ["does not run the policy of the API", "<!-- <base /> -->"],
    ["runs it for some requests", '<choose><when condition="@(false)"><base /></when></choose>'],
    ["sends requests elsewhere", '<base /><set-backend-service base-url="https://evil.example.com" />'],
    ["takes the token off", '<base /><set-header name="Authorization" exists-action="delete" />'],
  ])("no policy of an operation %s", (_, inbound) => {
    policyOf(orders({ callers }), `<policies><inbound>${inbound}</inbound></policies>`);
    expect(findings(stack)).toEqual([
      refusal("operation-policy-beside", '"app/Own"', '"app/Orders"', "bypass", "write its text in operationPolicies"),
    ]);
  });

  test("a policy of an operation with <base /> may stay", () => {
    policyOf(orders({ callers }), "<policies><inbound ><base></base></inbound></policies>");
    expect(() => synth(stack)).not.toThrow();
  });

  test("there is no second policy", () => {
    const { apiName, apiPolicy } = orders({ callers });
    const { apiManagementNameInput: apiManagementName, resourceGroupNameInput: resourceGroupName } = apiPolicy;
    new ApiManagementApiPolicy(stack, "Own", {
      apiName,
      apiManagementName,
      resourceGroupName,
      xmlContent: "<policies/>",
    });
    expect(findings(stack)).toEqual([
      refusal(
        "policy-beside",
        '"app/Own"',
        "each would overwrite the other",
        "write its text as policy",
        "moveFromId",
        "destroy = false",
      ),
    ]);
  });

  test.each<[string, string, string]>([
    ["of a revision", "orders;rev=1", "contoso"],
    ["in other letters", "Orders", "Contoso"],
  ])("there is no second policy %s, by names", (_, apiName, apiManagementName) => {
    const api = ApiSurface.wildcard({ apiName: "orders" });
    const existing = { apimName: "contoso", resourceGroupName: "platform" };
    orders({ gateway: ApimGateway.fromLookup(stack, "Existing", existing), surface: api });
    new ApiManagementApiPolicy(stack, "Own", {
      apiName,
      apiManagementName,
      resourceGroupName: "platform",
      xmlContent: "<policies/>",
    });
    expect(findings(stack)).toEqual([refusal("policy-beside", '"app/Own"')]);
  });

  const wrapped = (change: (options: Json) => Json): Json => ({
    factory: "Wrapper",
    bind: (scope: Json, options: Json) => ApiSurface.wildcard().bind(scope, change(options)),
  });
  test("a surface cannot say that there is a token", () => {
    orders({ surface: wrapped((options) => ({ ...options, requiresToken: true })) });
    expect(findings(stack)).toEqual([refusal("open-surface", "Wrapper", "requires no subscription key")]);
  });

  test("a surface that changes nothing is fine", () => {
    orders({ surface: wrapped((options) => options) });
    expect(() => synth(stack)).not.toThrow();
  });

  test("a surface of your own is closed", () => {
    const bind = (scope: never): Json => {
      const config = { name: "own", resourceGroupName: "rg", apiManagementName: "contoso", revision: "1", path: "own" };
      const api = new ApiManagementApi(scope, "Api", { ...config, protocols: ["http"], subscriptionRequired: false });
      const subscriptionKeyNames = { header: "Ocp-Apim-Subscription-Key", query: "subscription-key" };
      const lists = { dependencies: [api], replaceTriggers: [] };
      return {
        apiName: "own",
        path: "own",
        api,
        subscriptionKeyNames,
        passesOptions: false,
        policy: PolicyDocument.EMPTY,
        ...lists,
      };
    };
    orders({ surface: { factory: "Own", bind } });
    expect(findings(stack)).toEqual([refusal("open-surface", "requires no subscription key and accepts plain HTTP")]);
  });
});

describe("beside an app", () => {
  test.each<[string, (id: string) => unknown, string]>([
    [
      "a sign-in of azapi",
      (id) =>
        new AzapiElement(stack, "Raw", {
          type: "Microsoft.Web/sites/config@2023-12-01",
          name: "authsettingsV2",
          parent_id: id,
        }),
      '"app/Raw"',
    ],
    [
      "a sign-in of azapi by its own id",
      (id) =>
        new AzapiElement(stack, "Raw", {
          type: "Microsoft.Web/sites/config@2023-12-01",
          resource_id: `${id}/config/authsettingsV2`,
        }),
      '"app/Raw"',
    ],
    [
      "the sign-in of a slot of azapi",
      (id) =>
        new AzapiElement(stack, "Raw", {
          type: "Microsoft.Web/sites/slots/config@2023-12-01",
          name: "authsettingsV2",
          parent_id: `${id}/slots/open`,
        }),
      '"app/Raw"',
    ],
    [
      "a slot of azapi",
      (id) =>
        new AzapiElement(stack, "Raw", { type: "Microsoft.Web/sites/slots@2023-12-01", name: "open", parent_id: id }),
      '"app/Raw"',
    ],
    [
      "a sign-in of an action",
      (id) =>
        new AzapiElement(
          stack,
          "Raw",
          { type: "Microsoft.Web/sites@2023-12-01", resource_id: id, action: "config/authsettingsV2", method: "PUT" },
          "azapi_resource_action",
        ),
      '"app/Raw"',
    ],
    [
      "a slot of an override",
      (id) => stack.addOverride("resource.azurerm_linux_web_app_slot.open", { app_service_id: id }),
      '"azurerm_linux_web_app_slot.open"',
    ],
  ])("%s", (_, declare, name) => {
    const backend = web();
    orders({ backend });
    declare(backend.app.id);
    expect(findings(stack)).toEqual([refusal("app-opened-beside", name)]);
  });

  test("a slot that a validation adds, before that of the app", () => {
    orders();
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const slot = { name: "staging", appServiceId: app.id, siteConfig: {} };
    stack.node.addValidation({ validate: () => (new LinuxWebAppSlot(stack, "Slot", slot), []) });
    orders({ id: "Stock", backend: Backend.fromLinuxWebApp(app) });
    expect(findings(stack)).toEqual([refusal("slot-not-locked", '"app/Slot"')]);
  });

  test("a slot of an override at the address that a slot was moved from", () => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const slots = ["From", "To"].map(
      (id) => new LinuxWebAppSlot(stack, id, { name: id, appServiceId: app.id, siteConfig: {} }),
    );
    orders({ backend: Backend.fromLinuxWebApp(app, { slots: [slots[0]] }) });
    slots[0].moveToId("azurerm_linux_web_app_slot.To");
    stack.addOverride("resource.azurerm_linux_web_app_slot.From", { app_service_id: app.id });
    expect(findings(stack)).toContainEqual(refusal("app-opened-beside", '"azurerm_linux_web_app_slot.From"'));
  });

  test("an override of a slot that is listed is none", () => {
    const app = new LinuxWebApp(stack, "App", OWN_APP);
    const slot = new LinuxWebAppSlot(stack, "Slot", { name: "staging", appServiceId: app.id, siteConfig: {} });
    orders({ backend: Backend.fromLinuxWebApp(app, { slots: [slot] }) });
    stack.addOverride("resource.azurerm_linux_web_app_slot.Slot", { app_service_id: app.id, https_only: true });
    expect(() => synth(stack)).not.toThrow();
  });

  test("a slot of an override that is named as a slot of another stack", () => {
    const backend = web();
    orders({ backend });
    const slot = { name: "staging", appServiceId: "/apps/other", siteConfig: {} };
    new LinuxWebAppSlot(new TerraformStack(stack.node.root, "other"), "Slot", slot).overrideLogicalId("open");
    stack.addOverride("resource.azurerm_linux_web_app_slot.open", { app_service_id: backend.app.id });
    expect(findings(stack)).toEqual([refusal("app-opened-beside", '"azurerm_linux_web_app_slot.open"')]);
  });

  test.each([
    ["settings", "Microsoft.Web/sites/config@2023-12-01", "web"],
    ["deployments", "Microsoft.Web/sites/deployments@2023-12-01", "authsettings"],
  ])("other %s of azapi are nobody's mistake", (_, type, name) => {
    const backend = web();
    orders({ backend });
    new AzapiElement(stack, "Raw", { type, name, parent_id: backend.app.id });
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("what loosens nothing may be set", () => {
  const SAFE: [string, Json, unknown][] = [
    ["count", {}, null],
    ["auth_settings", {}, null],
    ["https_only", {}, "true"],
    ["public_network_access_enabled", { networkAccess: addresses }, true],
    ["public_network_access_enabled", { networkAccess: addresses }, false],
    ["site_config.ip_restriction", { networkAccess: addresses }, [{ action: "Deny", ip_address: "9.9.9.9/32" }]],
  ];
  test.each(SAFE)("%s with %p: %p", (path, props, value) => {
    const backend = web(props);
    orders({ backend });
    backend.app.addOverride(path, value);
    expect(() => synth(stack)).not.toThrow();
  });

  test("the texts of an app role", () => {
    const { application } = orders({ backend: web() }).createdRegistration;
    application.addOverride("app_role.0.description", Lazy.stringValue({ produce: () => "Ruft die API auf." }));
    expect(() => synth(stack)).not.toThrow();
  });

  test("the schema of azapi", () => {
    const backend = Backend.containerApp({ resourceGroup: GROUP, image: "contoso/orders:1", targetPort: 8080 });
    orders({ backend });
    backend.app.addOverride("ingress.exposed_port", 0);
    const signIn = stack.node
      .findChild("Orders")
      .node.findChild("Backend")
      .node.findChild("SignIn") as TerraformResource;
    signIn.addOverride("schema_validation_enabled", false);
    signIn.lifecycle = { ...signIn.lifecycle, ignoreChanges: ["output"] };
    expect(() => synth(stack)).not.toThrow();
  });

  test("another product is not", () => {
    const { ApimProduct } = packed();
    const products = [new ApimProduct(stack, "Partners", { gateway })];
    orders({ products }).productApis[0].addOverride("product_id", "open");
    expect(messageOf(() => synth(stack))).toEqual(refusal("membership-changed", "product_id"));
  });
});
