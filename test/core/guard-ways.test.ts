import { Aspects, Lazy, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DataAzurermLinuxWebApp } from "@cdktf/provider-azurerm/lib/data-azurerm-linux-web-app";
import { LinuxWebApp, linuxWebAppAuthSettingsV2ToTerraform } from "@cdktf/provider-azurerm/lib/linux-web-app";
import { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ApimGateway, Backend, SecureApimBackend } from "cdktf-secure-apim-backend";
import { guard, guardLifecycle, ONCE, oneOf, requireAtPlan } from "../../lib/core/guard";
import { refusal } from "../helpers/refusal";
import { findings, GROUP, stackWithProviders, synth } from "../helpers/synth";

const SIGN_IN = { authEnabled: true, requireAuthentication: true, login: {} };
const CONFIG = {
  name: "app",
  resourceGroupName: GROUP.name,
  location: GROUP.location,
  servicePlanId: "/plan",
  httpsOnly: true,
  ftpPublishBasicAuthenticationEnabled: false,
  webdeployPublishBasicAuthenticationEnabled: false,
  siteConfig: { minimumTlsVersion: "1.2" },
};
const CHANGED = "[app/App] changed";

let stack: TerraformStack;
let app: LinuxWebApp;

beforeEach(() => {
  stack = stackWithProviders();
  app = new LinuxWebApp(stack, "App", CONFIG);
});

const place = (path: string): string => `resource.azurerm_linux_web_app.App${path}`;

describe("every attribute, changed in every way", () => {
  interface Attribute {
    readonly value: unknown;
    readonly setter: () => void;
    readonly block?: boolean;
  }

  const ATTRIBUTES: Record<string, Attribute> = {
    auth_settings_v2: { value: { auth_enabled: false }, setter: () => app.resetAuthSettingsV2(), block: true },
    auth_settings: { value: { enabled: true }, setter: () => app.putAuthSettings({ enabled: true }), block: true },
    https_only: { value: false, setter: () => (app.httpsOnly = false) },
    "site_config.minimum_tls_version": { value: "1.0", setter: () => app.putSiteConfig({ minimumTlsVersion: "1.0" }) },
    "site_config.ip_restriction": {
      value: [{ action: "Allow" }],
      setter: () => app.siteConfig.putIpRestriction([{ action: "Allow" }]),
      block: true,
    },
  };

  const onVisit = (change: () => void): void =>
    Aspects.of(stack).add({ visit: (node) => void (node === app && change()) });

  const lock = (): void => {
    app.putAuthSettingsV2(SIGN_IN);
    guard(app, {
      attributes: {
        ...ONCE,
        auth_settings_v2: linuxWebAppAuthSettingsV2ToTerraform(SIGN_IN),
        auth_settings: undefined,
        https_only: true,
        "site_config.minimum_tls_version": oneOf("1.2", "1.3"),
        "site_config.ip_restriction": undefined,
      },
      changed: (attributes) => `changed ${attributes}`,
    });
  };

  const WAYS: Record<string, (name: string, attribute: Attribute) => void> = {
    "a setter": (_, { setter }) => (lock(), setter()),
    "an override": (name, { value }) => (lock(), app.addOverride(name, value)),
    "an override on the stack": (name, { value }) => (lock(), stack.addOverride(place(`.${name}`), value)),
    "an override before": (name, { value }) => (app.addOverride(name, value), lock()),
    "an aspect": (name, { value }) => (lock(), onVisit(() => app.addOverride(name, value))),
    "an aspect that was added before": (name, { value }) => (onVisit(() => app.addOverride(name, value)), lock()),
    "a value that only Terraform knows": (name) => (
      lock(),
      app.addOverride(name, Lazy.anyValue({ produce: () => "x" }))
    ),
  };

  const names = Object.keys(ATTRIBUTES);
  test.each(names.flatMap((name) => Object.keys(WAYS).map((way) => [name, way])))("%s by %s", (name, way) => {
    WAYS[way](name, ATTRIBUTES[name]);
    expect(findings(stack)).toEqual([`[app/App] changed ${name}`]);
  });

  test.each(names.filter((name) => ATTRIBUTES[name].block))("%s by a dynamic block", (name) => {
    lock();
    app.addOverride(name.replace(/(\w+)$/, "dynamic.$1"), { for_each: [1], content: {} });
    expect(findings(stack)).toEqual([`[app/App] changed ${name}`]);
  });

  test.each(names.flatMap((name) => spellings(name.replace(".", "[0].")).map((entry) => [name, entry])))(
    "%s by ignore_changes %j",
    (name, entry) => {
      lock();
      app.lifecycle = { ignoreChanges: [entry] };
      expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", "app/App", name)]);
    },
  );

  /** As Terraform reads them, all of these name one attribute. */
  function spellings(name: string): string[] {
    return [name, ` ${name}`, `${name} `, `${name} [0]`, `${name}/*x*/`, `/* x */ ${name}`, `${name}\n`, `${name} # x`];
  }

  test.each(["all", "all ", " all", "all/**/", "*", " * "])("all of them by ignore_changes %j", (ignoreChanges) => {
    lock();
    app.lifecycle = { ignoreChanges: [ignoreChanges] };
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", ...names)]);
  });

  test.each(["site_config[0].always_on", "tags", "https_only_x", 'app_settings["https_only"]', "allow"])(
    "none of them by ignore_changes %j",
    (entry) => {
      lock();
      app.lifecycle = { ignoreChanges: [entry] };
      expect(() => synth(stack)).not.toThrow();
    },
  );

  test.each<[string, string, unknown]>([
    ["as a list", "", [{ name: "open" }]],
    ["as two of them", "", [{ name: "open" }, { name: "open" }]],
    ["as null", "", null],
    ["as a text", "", "open"],
    ["by its removal", "", undefined],
  ])("all that is set by an override of the whole resource, %s", (_, path, value) => {
    lock();
    stack.addOverride(place(path), value);
    expect(findings(stack)).toEqual([
      "[app/App] changed auth_settings_v2, https_only, site_config.minimum_tls_version",
    ]);
  });

  test.each(["resource.azurerm_linux_web_app", "resource"])("all that is set by an override of %s", (path) => {
    for (const value of [[{}], null, undefined, {}]) {
      stack = stackWithProviders();
      app = new LinuxWebApp(stack, "App", CONFIG);
      lock();
      stack.addOverride(path, value);
      const isEmpty = JSON.stringify(value) === "{}";
      if (isEmpty) expect(() => synth(stack)).not.toThrow();
      else
        expect(app.node.validate()).toEqual(["changed auth_settings_v2, https_only, site_config.minimum_tls_version"]);
    }
  });

  test("none of them by the resource as a list that sets the same", () => {
    lock();
    const { resource } = app.toTerraform();
    stack.addOverride(place(""), [resource.azurerm_linux_web_app.App]);
    expect(app.node.validate()).toEqual([]);
  });

  test("none of them by a list in which another resource stands beside it", () => {
    lock();
    const { App } = app.toTerraform().resource.azurerm_linux_web_app;
    stack.addOverride("resource.azurerm_linux_web_app", [{ App }, { Other: CONFIG }]);
    expect(app.node.validate()).toEqual([]);
  });

  test.each([
    ["resource.azurerm_linux_web_app.App", { https_only: false }],
    ["resource.azurerm_linux_web_app", { App: { https_only: false } }],
    ["resource", { azurerm_linux_web_app: { App: { https_only: false } } }],
  ])("all that is set by what is computed at synth, beside it in a list at %s", (path, open) => {
    lock();
    const { resource } = app.toTerraform();
    const [, type, name] = path.split(".");
    const same = name ? resource[type][name] : type ? resource[type] : resource;
    stack.addOverride(path, [same, Lazy.anyValue({ produce: () => open })]);
    expect(app.node.validate()).toEqual(["changed auth_settings_v2, https_only, site_config.minimum_tls_version"]);
  });

  test("none of them by what an override of the stack sets elsewhere, which is not read", () => {
    lock();
    const read = jest.fn();
    const other = Object.defineProperty({}, "https_only", { enumerable: true, get: read });
    stack.addOverride("resource.azurerm_linux_web_app.Other", other);
    stack.addOverride(place(".https_only"), true);
    expect(app.node.validate()).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });

  test("all that is set by a second resource beside it in a list", () => {
    lock();
    const { resource } = app.toTerraform();
    stack.addOverride(place(""), [resource.azurerm_linux_web_app.App, { name: "open" }]);
    expect(app.node.validate()).toEqual(["changed auth_settings_v2, https_only, site_config.minimum_tls_version"]);
  });

  test("an attribute by a second block that also has it", () => {
    lock();
    app.addOverride("site_config", [{ minimum_tls_version: "1.2" }, { minimum_tls_version: "1.0" }]);
    expect(findings(stack)).toEqual(["[app/App] changed site_config.minimum_tls_version"]);
  });

  test.each(["count", "for_each"])("a resource that is created once, by %s", (name) => {
    lock();
    app.addOverride(name, 2);
    expect(findings(stack)).toEqual([`[app/App] changed ${name}`]);
  });

  test("an attribute that may be stricter, to a stricter value", () => {
    lock();
    app.addOverride("site_config.minimum_tls_version", "1.3");
    expect(() => synth(stack)).not.toThrow();
  });

  test.each<[boolean, string, string[]]>([
    [true, "1.3", []],
    [false, "1.3", ["[app/App] changed https_only"]],
    [true, "1.0", ["[app/App] changed site_config.minimum_tls_version"]],
  ])("by lazy values that resolve to %p and %p", (httpsOnly, tls, expected) => {
    lock();
    app.httpsOnly = Lazy.anyValue({ produce: () => httpsOnly }) as unknown as boolean;
    app.siteConfig.minimumTlsVersion = Lazy.stringValue({ produce: () => tls });
    expect(expected.length > 0 ? findings(stack) : synth(stack) && []).toEqual(expected);
  });
});

describe("an attribute that Terraform reads as it was set", () => {
  const lock = (attributes: Record<string, unknown>, others?: ReadonlySet<string>): void =>
    guard(app, { attributes, others, changed: (names) => `changed ${names}` });

  test.each<[string, unknown, unknown, boolean]>([
    ["https_only", true, "true", true],
    ["https_only", true, "false", false],
    ["key_vault_reference_identity_id", 80, "80", true],
    ["key_vault_reference_identity_id", 80, "81", false],
    ["key_vault_reference_identity_id", "80", 80, false],
    ["tags", undefined, null, true],
    ["tags", { team: "orders", cost: undefined }, { team: "orders" }, true],
    ["tags", { team: "orders" }, { team: "orders", cost: null }, false],
    ["site_config", { minimum_tls_version: "1.2" }, null, false],
  ])("%s, set to %j, may be overridden by %j: %s", (name, value, override, may) => {
    lock({ [name]: value });
    app.addOverride(name, override);
    expect(app.node.validate()).toEqual(may ? [] : [`changed ${name}`]);
  });

  test.each<[string, () => object]>([
    ["an object", () => ({})],
    ["an object without a prototype", () => Object.create(null)],
  ])("is %s that nobody changes later", (_, create) => {
    const tags: Record<string, string> = Object.assign(create(), { team: "orders" });
    app.tags = tags;
    lock({ tags });
    expect(app.node.validate()).toEqual([]);
    tags.team = "billing";
    expect(app.node.validate()).toEqual(["changed tags"]);
  });

  test("is a value that is computed at synth", () => {
    const httpsOnly = Lazy.anyValue({ produce: () => true });
    app.httpsOnly = httpsOnly as unknown as boolean;
    lock({ https_only: httpsOnly });
    expect(app.node.validate()).toEqual([]);
  });

  test("is another value that is computed at synth, if it is the same then", () => {
    lock({ tags: Lazy.anyValue({ produce: () => ({ team: "orders" }) }) });
    app.addOverride("tags", Lazy.anyValue({ produce: () => ({ team: "orders" }) }));
    expect(app.node.validate()).toEqual([]);
    app.addOverride("tags", Lazy.anyValue({ produce: () => ({ team: "billing" }) }));
    expect(app.node.validate()).toEqual(["changed tags"]);
  });

  test("is not computed for the check where nothing changed it", () => {
    const produce = jest.fn(() => true);
    app.httpsOnly = Lazy.anyValue({ produce }) as unknown as boolean;
    lock({ https_only: app.httpsOnlyInput });
    expect(app.node.validate()).toEqual([]);
    expect(produce).not.toHaveBeenCalled();
  });

  test("is not absent where it cannot be computed", () => {
    lock({ tags: undefined });
    app.addOverride("tags", Lazy.anyValue({ produce: () => raise("later") }));
    expect(app.node.validate()).toEqual(["changed tags"]);
  });

  test("is no list that is computed at synth and gets another element", () => {
    const identityIds = Lazy.listValue({ produce: () => ["/orders"] });
    app.putIdentity({ type: "UserAssigned", identityIds });
    lock({ "identity.identity_ids": ["/orders"] });
    expect(app.node.validate()).toEqual([]);
    app.addOverride("identity.identity_ids.1", "/billing");
    expect(app.node.validate()).toEqual(["changed identity.identity_ids"]);
  });

  const OTHERS = new Set(["//", "name", "resource_group_name", "location", "service_plan_id", "lifecycle"]);

  test("is known by its block, where only some others may be set, and null sets none", () => {
    app = new LinuxWebApp(stack, "Plain", { ...CONFIG, httpsOnly: undefined });
    app.resetFtpPublishBasicAuthenticationEnabled();
    app.resetWebdeployPublishBasicAuthenticationEnabled();
    lock({ "site_config.minimum_tls_version": "1.2" }, OTHERS);
    app.addOverride("tags", null);
    expect(app.node.validate()).toEqual([]);
    app.lifecycle = { ignoreChanges: "all" };
    expect(app.node.validate()).toEqual([
      refusal("guarded-attribute-ignored", "ignores changes to site_config.minimum_tls_version,"),
    ]);
  });

  test.each([
    ['app_settings["2fa"]', true],
    ['app_settings["3fa"]', false],
    ["site_config[12].minimum_tls_version", true],
    ['app_settings["12"]', true],
  ])("may not be ignored by its name %s: %s", (entry, isGuarded) => {
    lock({ "app_settings.2fa": undefined, "site_config.minimum_tls_version": "1.2" });
    app.lifecycle = { ignoreChanges: [entry] };
    expect(app.node.validate()).toEqual(isGuarded ? [refusal("guarded-attribute-ignored")] : []);
  });
});

describe("a lifecycle without conditions", () => {
  test.each<[string, () => void]>([
    ["that is guarded", () => guardLifecycle(app)],
    ["to which no condition is added", () => requireAtPlan(app, [])],
  ])("%s stays as it is, and the resource may be moved anywhere", (_, keep) => {
    keep();
    expect(app.lifecycle).toBeUndefined();
    app.moveToId("module.apps.azurerm_linux_web_app.App");
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("the lifecycle in whatever form", () => {
  const CLOSED = { condition: '${self.name != ""}', errorMessage: "Closed." };
  const RENDERED = { precondition: [{ condition: CLOSED.condition, error_message: CLOSED.errorMessage }] };
  const FORMS: Record<string, (lifecycle: object) => unknown> = {
    "a list": (lifecycle) => [lifecycle],
    "a Lazy": (lifecycle) => Lazy.anyValue({ produce: () => lifecycle }),
    "a Lazy list": (lifecycle) => Lazy.anyValue({ produce: () => [lifecycle] }),
  };

  beforeEach(() => {
    app.lifecycle = { precondition: [CLOSED] };
    guardLifecycle(app);
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
  });

  test.each(Object.keys(FORMS))("%s is read", (form) => {
    app.addOverride("lifecycle", FORMS[form](RENDERED));
    expect(() => synth(stack)).not.toThrow();
    app.addOverride("lifecycle", FORMS[form]({ ...RENDERED, ignore_changes: ["https_only"] }));
    expect(findings(stack)).toEqual([refusal("guarded-attribute-ignored", "https_only")]);
    app.addOverride("lifecycle", FORMS[form]({ prevent_destroy: true }));
    expect(findings(stack)).toEqual([refusal("conditions-removed", "app/App")]);
  });
});

test.each(["create_before_destroy", "postcondition", "precondition", "prevent_destroy", "replace_triggered_by"])(
  "%s of a lifecycle that ignores nothing is not computed for the check",
  (name) => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    const produce = jest.fn();
    app.addOverride(`lifecycle.${name}`, Lazy.anyValue({ produce }));
    expect(app.node.validate()).toEqual([]);
    expect(produce).not.toHaveBeenCalled();
    app.addOverride("lifecycle.ignore_changes", ["https_only"]);
    expect(app.node.validate()).toEqual([refusal("guarded-attribute-ignored", '"app/App"', "https_only")]);
  },
);

test("a condition stays in its place when an override of the stack changes another", () => {
  const mine = { condition: "${true}", errorMessage: "Mine." };
  app.lifecycle = { precondition: [{ condition: '${self.name != ""}', errorMessage: "Closed." }] };
  guardLifecycle(app);
  app.lifecycle = { precondition: [...app.lifecycle.precondition!, mine] };
  stack.addOverride(place(".lifecycle.precondition.1.error_message"), "Ours.");
  expect(() => synth(stack)).not.toThrow();
});

describe("a resource that was moved", () => {
  const move = (target: Partial<typeof CONFIG>): void => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    new LinuxWebApp(stack, "Target", { ...CONFIG, ...target }).addMoveTarget("target");
    app.moveTo("target");
  };

  test("is what it was moved to", () => {
    move({});
    expect(() => synth(stack)).not.toThrow();
    app.addOverride("https_only", false);
    expect(() => synth(stack)).not.toThrow();
  });

  test("must be as it was where it is now", () => {
    move({ httpsOnly: false });
    expect(findings(stack)).toEqual([CHANGED]);
  });

  test.each(["azurerm_linux_web_app.Target", 'azurerm_linux_web_app.Target["blue"]'])("is found at %s", (address) => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    new LinuxWebApp(stack, "Target", { ...CONFIG, httpsOnly: false });
    app.moveToId(address);
    expect(findings(stack)).toEqual([CHANGED]);
  });

  test("is found beside others", () => {
    new LinuxWebApp(stack, "Before", CONFIG);
    new DataAzurermLinuxWebApp(stack, "Read", { name: "app", resourceGroupName: GROUP.name });
    move({ httpsOnly: false });
    expect(findings(stack)).toEqual([CHANGED]);
  });

  test("is nowhere if plain JavaScript says no address", () => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    app.moveToId(undefined as unknown as string);
    expect(app.node.validate()).toEqual([refusal("moved-out-of-stack", '"app/App"')]);
  });

  test("is not what a data source reads", () => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    new DataAzurermLinuxWebApp(stack, "Target", { name: "app", resourceGroupName: GROUP.name });
    app.moveToId("azurerm_linux_web_app.Target");
    expect(app.node.validate()).toEqual([refusal("moved-out-of-stack", "app/App")]);
  });

  test("is not lost in a module", () => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    guardLifecycle(app);
    app.moveToId("module.apps.azurerm_linux_web_app.App");
    expect(findings(stack)).toEqual([refusal("moved-out-of-stack", "app/App")]);
  });

  test("is checked as it is when another is moved to it", () => {
    guard(app, { attributes: { https_only: true }, changed: () => "changed" });
    app.moveFromId("azurerm_linux_web_app.old");
    expect(() => synth(stack)).not.toThrow();
    app.httpsOnly = false;
    expect(findings(stack)).toEqual([CHANGED]);
  });
});

describe("a resource that was removed", () => {
  const changed = (): string => "changed";
  /** An app in an API, guarded twice: for its sign-in, and as it is made. */
  const removed = (made?: Parameters<typeof guard>[1]): void => {
    const orders = new Construct(stack, "Orders");
    app = new LinuxWebApp(orders, "App", CONFIG);
    guard(app, { attributes: { https_only: true }, changed });
    if (made) guard(app, made);
    orders.node.tryRemoveChild("App");
  };

  test.each<[string, Parameters<typeof guard>[1]]>([
    ["exists once", { attributes: ONCE, changed }],
    ["has nothing else", { attributes: {}, others: new Set(Object.keys(CONFIG)), changed }],
  ])("leaves what it belongs to open if the library made it, which says that it %s", (_, made) => {
    removed(made);
    expect(findings(stack)).toEqual([
      refusal("guarded-resource-removed", "[app/Orders/App] ", '"app/Orders/App" was removed', '"app/Orders" is not'),
    ]);
  });

  test("is not missed if it is the user's", () => {
    removed();
    expect(synth(stack).resource).toEqual({ azurerm_linux_web_app: { App: expect.anything() } });
  });
});

test("a resource of a stack within the stack is at another address", () => {
  guard(app, { attributes: { ...ONCE, https_only: true }, changed: () => "changed" });
  const within = new TerraformStack(stack, "Within");
  new AzurermProvider(within, "azurerm", { features: [{}] });
  new LinuxWebApp(within, "App", { ...CONFIG, httpsOnly: false });
  expect(() => synth(stack)).not.toThrow();
  new LinuxWebApp(stack, "Twin", CONFIG).overrideLogicalId("App");
  expect(findings(stack)).toEqual([refusal("address-taken", '"app/App"', '"app/Twin"')]);
});

describe("an app of the user", () => {
  const lock = (slots: LinuxWebAppSlot[] = []): SecureApimBackend => {
    const gateway = new ApimGateway(stack, "Gateway", {
      resourceGroup: GROUP,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
    });
    return new SecureApimBackend(stack, "Orders", { gateway, backend: Backend.fromLinuxWebApp(app, { slots }) });
  };

  test("keeps its own lifecycle, and may lose it", () => {
    const lifecycle = { precondition: [{ condition: "${true}", errorMessage: "Mine." }], replaceTriggeredBy: ["x.y"] };
    const slot = new LinuxWebAppSlot(stack, "Slot", { ...CONFIG, appServiceId: app.id, lifecycle });
    app.lifecycle = lifecycle;
    lock([slot]);
    app.lifecycle = slot.lifecycle = { preventDestroy: true };
    expect(() => synth(stack)).not.toThrow();
  });

  test.each<[string, "authSettings" | "authSettingsV2", () => void]>([
    ["an override", "authSettings", () => app.addOverride("auth_settings.enabled", true)],
    ["an override", "authSettingsV2", () => app.addOverride("auth_settings_v2.auth_enabled", false)],
    ["a dynamic block", "authSettings", () => app.addOverride("dynamic.auth_settings", { for_each: [] })],
    ["an override on the stack", "authSettings", () => stack.addOverride(place(".auth_settings.enabled"), true)],
    ["an override of the resource", "authSettingsV2", () => stack.addOverride(place(""), [{ auth_settings_v2: {} }])],
    [
      "an override at another logical id",
      "authSettings",
      () => (app.overrideLogicalId("mine"), stack.addOverride("resource.azurerm_linux_web_app.mine.auth_settings", {})),
    ],
  ])("cannot have a sign-in by %s of %s before", (_, property, change) => {
    change();
    expect(lock).toThrow(refusal("sign-in-already-set", "app/App", property));
  });

  test.each<[string, () => void]>([
    ["another resource", () => stack.addOverride("resource.azurerm_linux_web_app.Other.auth_settings.enabled", true)],
    ["the removal of a sign-in", () => app.addOverride("auth_settings", undefined)],
    ["the removal of the stack's overrides", () => stack.addOverride("resource", {})],
  ])("may have an override of %s", (_, change) => {
    change();
    expect(lock).not.toThrow();
  });
});

function raise(message: string): never {
  throw new Error(message);
}
