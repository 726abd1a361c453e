import { Aspects, TerraformStack, TerraformVariable } from "cdktf";
import { ApiManagement } from "@cdktf/provider-azurerm/lib/api-management";
import { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  ApimGateway,
  ApimGatewayProps,
  ApimSku,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  AppServicePlan,
  Audience,
  Backend,
  Caller,
  FunctionAppBackend,
  FunctionAppProps,
  GatewayIdentity,
  IAppRegistration,
  IApiSurface,
  IApimGateway,
  InvokeAssignment,
  SecureApimBackend,
  StorageRole,
  WebAppProps,
} from "cdktf-secure-apim-backend";
import { findings, GROUP, messageOf, only, stackWithProviders, synth } from "./helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";

let stack: TerraformStack;
let gateway: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  gateway = newGateway("Gateway");
});

function newGateway(id: string, props: Partial<ApimGatewayProps> = {}): IApimGateway {
  return new ApimGateway(stack, id, {
    resourceGroup: GROUP,
    publisherName: "Contoso",
    publisherEmail: "api@contoso.com",
    ...props,
  });
}

function functionApp(props: Partial<FunctionAppProps> = {}): FunctionAppBackend {
  return Backend.functionApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), ...props });
}

function webApp(props: Partial<WebAppProps>): void {
  new SecureApimBackend(stack, "Orders", {
    gateway,
    backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), ...props }),
  });
}

function publish(surface: IApiSurface, id = "Orders"): void {
  new SecureApimBackend(stack, id, {
    gateway,
    backend: Backend.url("https://a.contoso.com", Audience.clientId(GUID)),
    surface,
  });
}

function callUrl(url: string, audience = Audience.clientId(GUID)): void {
  new SecureApimBackend(stack, "Orders", { gateway, backend: Backend.url(url, audience) });
}

const OWN_APP = {
  name: "invoices",
  resourceGroupName: GROUP.name,
  location: GROUP.location,
  servicePlanId: "plan",
  storageAccountName: "invoices",
  httpsOnly: true,
  ftpPublishBasicAuthenticationEnabled: false,
  webdeployPublishBasicAuthenticationEnabled: false,
  siteConfig: {},
};

function ownApp(id: string): LinuxFunctionApp {
  return new LinuxFunctionApp(stack, id, OWN_APP);
}

function lock(app: LinuxFunctionApp, id = "Orders"): SecureApimBackend {
  return new SecureApimBackend(stack, id, { gateway, backend: Backend.fromLinuxFunctionApp(app) });
}

const secret = (): string => new TerraformVariable(stack, "v", { type: "string" }).stringValue;

describe("names and paths that API Management refuses", () => {
  test.each<[string, () => unknown]>([
    ["path", () => publish(ApiSurface.wildcard({ path: "/orders" }))],
    ["path without a near one", () => publish(ApiSurface.wildcard({ path: "-" }))],
    ["API name", () => publish(ApiSurface.wildcard({ apiName: "orders#1" }))],
    ["name of the service", () => newGateway("G", { apimName: "contoso_apim" })],
    ["publisher name", () => newGateway("G", { publisherName: "" })],
    ["publisher e-mail", () => newGateway("G", { publisherEmail: "Contoso" })],
    [
      "name of an existing service",
      () => ApimGateway.fromLookup(stack, "G", { apimName: "a.b", resourceGroupName: "rg" }),
    ],
    ["app name", () => webApp({ appName: "orders_app" })],
    ["an empty app name", () => webApp({ appName: "" })],
    ["an empty name of the service", () => newGateway("G", { apimName: "" })],
    ["key header", () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: "X Key", query: "key" } }))],
    ["key parameter", () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: "X-Key", query: "k&y" } }))],
    ["an id to make no name of", () => publish(ApiSurface.wildcard(), "!")],
  ])("%s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
});

describe("a SKU out of its range", () => {
  test("too many units", () => {
    expect(messageOf(() => newGateway("G", { sku: ApimSku.of("Standard", 5) }))).toMatchInlineSnapshot(
      `"[app/G] The API Management tier Standard cannot have 5 units. Write ApimSku.of("Standard", n) where n is a whole number from 1 to 4."`,
    );
  });

  test("units on a tier that has one", () => {
    expect(messageOf(() => newGateway("G", { sku: ApimSku.of("Developer", 2) }))).toMatchInlineSnapshot(
      `"[app/G] The API Management tier Developer cannot have 2 units. Write ApimSku.of("Developer", 1)."`,
    );
  });

  test("half a unit", () => {
    expect(messageOf(() => newGateway("G", { sku: ApimSku.of("Premium", 1.5) }))).toMatchInlineSnapshot(
      `"[app/G] The API Management tier Premium cannot have 1.5 units. Write ApimSku.of("Premium", n) where n is a whole number from 1 to 99."`,
    );
  });

  test("a tier that does not exist", () => {
    expect(messageOf(() => newGateway("G", { sku: ApimSku.of("toString", 1) }))).toMatchInlineSnapshot(
      `"[app/G] There is no API Management tier "toString". Write one of Consumption, Developer, Basic, Standard, Premium, BasicV2, StandardV2, PremiumV2."`,
    );
  });
});

describe("a backend URL that a token must not be sent to", () => {
  test.each([
    "https:orders.contoso.com",
    "https:/orders.contoso.com",
    " https://orders.contoso.com",
    "https://orders.contoso.com/x y",
    "https://orders.contoso.com/{{named}}",
    "${var.address}/v1?code=1",
    "http://orders.contoso.com",
    "orders.contoso.com",
    "https://o.contoso.com/?a=b",
    "https://o.contoso.com/#top",
    "http://${var.host}/v1",
  ])("%s", (url) => expect(messageOf(() => callUrl(url))).toMatchSnapshot());

  test("credentials behind a scheme that only Terraform knows", () => {
    expect(messageOf(() => callUrl("${var.scheme}://me:hunter2@orders.contoso.com"))).toMatchInlineSnapshot(
      `"[app/Orders] The backend URL has a user name or password in it (not shown here): it would be stored in plain text in Terraform's state. Write the address without it, such as "https://orders.contoso.com/v1": the gateway signs in with its identity."`,
    );
  });

  test("credentials, which are not shown again", () => {
    expect(messageOf(() => callUrl("https://me:hunter2@orders.contoso.com"))).toMatchInlineSnapshot(
      `"[app/Orders] The backend URL has a user name or password in it (not shown here): it would be stored in plain text in Terraform's state. Write the address without it, such as "https://orders.contoso.com/v1": the gateway signs in with its identity."`,
    );
  });
});

describe("an audience that is none of the backend's", () => {
  test.each([
    Audience.uri("https://management.azure.com/"),
    Audience.uri("https://Graph.microsoft.com"),
    Audience.clientId("00000003-0000-0000-c000-000000000000"),
    Audience.uri("https://management.azure.com:443/.default"),
    Audience.uri("https://graph.microsoft.us/v1.0"),
    Audience.clientId("orders"),
    Audience.uri("http://orders.contoso.com"),
    Audience.uri("api://@(context.RequestId)"),
  ])("%#", (audience) => expect(messageOf(() => callUrl("https://o.contoso.com", audience))).toMatchSnapshot());
});

describe("a registration that is none", () => {
  const existing = (clientId: string): IAppRegistration =>
    AppRegistration.fromAttributes(stack, "R", { clientId, assignment: InvokeAssignment.managedElsewhere("ticket 12") });

  test("by its URI", () => {
    expect(messageOf(() => existing("api://orders"))).toMatchInlineSnapshot(
      `"[app/R] "api://orders" is no client id. Write the GUID that Entra ID shows as "Application (client) ID" of the app registration."`,
    );
  });

  test("that of Microsoft Graph", () => {
    const graph = Audience.registration(existing("00000003-0000-0000-c000-000000000000"));
    expect(messageOf(() => callUrl("https://o.contoso.com", graph))).toMatchInlineSnapshot(
      `"[app/Orders] The audience "00000003-0000-0000-c000-000000000000" is that of Azure Resource Manager or Microsoft Graph: the backend would receive a token with which it could act on Azure as the gateway. Write the backend's own: Audience.registration(registration), or Audience.clientId("...") with its client id."`,
    );
  });
});

describe("callers that cannot be told apart", () => {
  const OTHER = "99999999-2222-3333-4444-555555555555";

  test("two of one label", () => {
    const registration = new AppRegistration(stack, "R");
    registration.grantInvoke(Caller.servicePrincipal(GUID, "job"));
    expect(messageOf(() => registration.grantInvoke(Caller.servicePrincipal(OTHER, "job")))).toMatchInlineSnapshot(
      `"[app/R] Two different callers have the label "job". Write another label for one of them: Caller.servicePrincipal(objectId, "...")."`,
    );
  });

  test("two of one label, by ids that only Terraform knows", () => {
    const registration = new AppRegistration(stack, "R");
    registration.grantInvoke(Caller.servicePrincipal("${var.a}", "job"));
    registration.grantInvoke(Caller.servicePrincipal("${var.a}", "job"));
    const second = (): unknown => registration.grantInvoke(Caller.servicePrincipal("${var.b}", "job"));
    expect(messageOf(second)).toMatchInlineSnapshot(
      `"[app/R] Two different callers have the label "job". Write another label for one of them: Caller.servicePrincipal(objectId, "...")."`,
    );
  });

  test("a name where an object id is due", () => {
    const grant = (): unknown => new AppRegistration(stack, "R").grantInvoke(Caller.servicePrincipal("my job"));
    expect(messageOf(grant)).toMatchInlineSnapshot(
      `"[app/R] "my job" is no object id of a service principal. Write the GUID that Entra ID shows as "Object ID" of the enterprise application, not its name."`,
    );
  });

  test("fourteen of them, of which App Service keeps thirteen", () => {
    const orders = new SecureApimBackend(stack, "Orders", { gateway, backend: functionApp() });
    for (let i = 10; i < 23; i++)
      orders.registration?.grantInvoke(Caller.servicePrincipal(GUID.replace("11111111", `111111${i}`)));
    expect(findings(stack)).toMatchInlineSnapshot(`
     [
       "[app/Orders/Backend] 14 callers are granted access to the app "app/Orders/Backend/Resource", and App Service keeps 13 of them (500 characters). Let several callers share one identity, or put those that need no direct access behind the gateway.",
     ]
    `);
  });
});

test("an allow-list without anybody in it", () => {
  functionApp().bind(stack, { gateway, defaultName: "orders" });
  expect(findings(stack)).toMatchInlineSnapshot(`
   [
     "[app] Nobody is granted access to the app "app/Resource", and Azure reads an empty allow-list as "everybody in the tenant". Write registration.grantInvoke(gateway) on "app/Registration", or pass the backend to a SecureApimBackend, which does it.",
   ]
  `);
});

describe("what exists once", () => {
  test("the same backend bound twice", () => {
    const backend = functionApp();
    new SecureApimBackend(stack, "Orders", { gateway, backend });
    expect(messageOf(() => new SecureApimBackend(stack, "Billing", { gateway, backend }))).toMatchInlineSnapshot(
      `"[app/Billing/Backend] This Backend.functionApp(...) was already bound at "app/Orders/Backend", and what it makes exists once. Call Backend.functionApp(...) again for another one. To put a second API in front of the same backend, write Backend.url(first.backendUrl, Audience.registration(first.registration)), where first is that SecureApimBackend."`,
    );
  });

  test("the same API surface bound twice", () => {
    const surface = ApiSurface.wildcard();
    publish(surface, "Orders");
    expect(messageOf(() => publish(surface, "Billing"))).toMatchInlineSnapshot(
      `"[app/Billing/Api] This ApiSurface.wildcard(...) was already bound at "app/Orders/Api", and the API that it makes exists once. Call ApiSurface.wildcard(...) again for another one."`,
    );
  });

  test("the same app behind two backends", () => {
    const app = ownApp("App");
    lock(app);
    expect(messageOf(() => lock(app, "Billing"))).toMatchInlineSnapshot(
      `"[app/Billing/Backend] The app "app/App" is already the backend at "app/Orders/Backend". To put a second API in front of the same backend, write Backend.url(first.backendUrl, Audience.registration(first.registration)), where first is that SecureApimBackend."`,
    );
  });

  test("two APIs on one path of one gateway, whatever the case of its letters", () => {
    publish(ApiSurface.wildcard({ path: "shop/v1" }), "Orders");
    expect(messageOf(() => publish(ApiSurface.wildcard({ path: "Shop/v1" }), "Billing"))).toMatchInlineSnapshot(
      `"[app/Billing] The path "Shop/v1" on the gateway "app/Gateway" is taken by "app/Orders". Write another one: surface: ApiSurface.wildcard({ path: "..." })."`,
    );
  });

  test("two APIs of one name on one gateway", () => {
    publish(ApiSurface.wildcard({ apiName: "shop" }), "Orders");
    expect(messageOf(() => publish(ApiSurface.wildcard({ apiName: "shop" }), "Billing"))).toMatchInlineSnapshot(
      `"[app/Billing] The API name "shop" on the gateway "app/Gateway" is taken by "app/Orders". Write another one: surface: ApiSurface.wildcard({ apiName: "..." })."`,
    );
  });

  test("two APIs whose backend entities would have one name", () => {
    publish(ApiSurface.wildcard({ apiName: "shop.v1" }), "Orders");
    expect(messageOf(() => publish(ApiSurface.wildcard({ apiName: "shop-v1" }), "Billing"))).toMatchInlineSnapshot(
      `"[app/Billing] The backend entity "shop-v1" on the gateway "app/Gateway" is taken by "app/Orders". Its name is made of the API name: write another one: surface: ApiSurface.wildcard({ apiName: "..." })."`,
    );
  });

  test("one path on two objects for one gateway", () => {
    const existing = { apimName: "Contoso", resourceGroupName: "platform" };
    gateway = ApimGateway.fromLookup(stack, "First", existing);
    publish(ApiSurface.wildcard({ path: "shop" }), "Orders");
    gateway = ApimGateway.fromLookup(stack, "Second", { ...existing, apimName: "contoso" });
    expect(messageOf(() => publish(ApiSurface.wildcard({ path: "shop" }), "Billing"))).toMatchInlineSnapshot(
      `"[app/Billing] The path "shop" on the gateway "app/Second" is taken by "app/Orders". Write another one: surface: ApiSurface.wildcard({ path: "..." })."`,
    );
  });

  test("one path on two gateways is fine", () => {
    publish(ApiSurface.wildcard({ path: "shop" }), "Orders");
    gateway = newGateway("Other");
    expect(() => publish(ApiSurface.wildcard({ path: "shop" }), "Billing")).not.toThrow();
  });

  test("an attribute of a backend that was given to nobody", () => {
    new AppRegistration(stack, "R", { displayName: functionApp().appName });
    expect(messageOf(() => synth(stack)).split("\n")[0]).toMatchInlineSnapshot(
      `"Resolution error: An attribute of a Backend.functionApp(...) is used, but nothing made it. Pass it to a SecureApimBackend: new SecureApimBackend(this, "Orders", { gateway, backend }).."`,
    );
  });
});

describe("a sign-in that is not ours any more", () => {
  test("the app had one before", () => {
    const app = ownApp("App");
    app.putAuthSettingsV2({ authEnabled: true, login: {} });
    expect(messageOf(() => lock(app))).toMatchInlineSnapshot(
      `"[app/Orders/Backend] The app "app/App" already has authSettingsV2, which would be replaced. Remove authSettingsV2 from it: the sign-in is set here. Or leave it to the app, and write Backend.url(...) with its address and audience."`,
    );
  });

  test("the app had one of the first version before", () => {
    const app = ownApp("App");
    app.putAuthSettings({ enabled: true });
    expect(messageOf(() => lock(app))).toMatchInlineSnapshot(
      `"[app/Orders/Backend] The app "app/App" already has authSettings, which would be replaced. Remove authSettings from it: the sign-in is set here. Or leave it to the app, and write Backend.url(...) with its address and audience."`,
    );
  });

  test.each<[string, (app: LinuxFunctionApp) => void]>([
    ["replaced", (app) => app.putAuthSettingsV2({ authEnabled: false, login: {} })],
    ["removed", (app) => app.resetAuthSettingsV2()],
    ["opened by an override", (app) => app.addOverride("auth_settings_v2.require_authentication", false)],
    [
      "widened by another identity provider",
      (app) => app.addOverride("auth_settings_v2.google_v2", { client_id: "x" }),
    ],
    ["joined by one of the first version", (app) => app.putAuthSettings({ enabled: true })],
  ])("it is %s", (_, open) => {
    const app = ownApp("App");
    lock(app);
    open(app);
    expect(findings(stack)).toEqual([
      '[app/Orders/Backend] The sign-in of the app "app/App" was changed after it was locked: somebody other than the ' +
        "granted callers could get in. Remove what changes auth_settings_v2 or auth_settings on it (putAuthSettingsV2, " +
        "resetAuthSettingsV2, addOverride, an aspect). To let another caller in, write " +
        'registration.grantInvoke(Caller.servicePrincipal("...")).',
    ]);
  });

  test("an app that we made is opened", () => {
    const orders = new SecureApimBackend(stack, "Orders", { gateway, backend: functionApp() });
    const app = orders.node.findChild("Backend").node.findChild("Resource") as LinuxFunctionApp;
    app.addOverride("auth_settings_v2.excluded_paths", ["/"]);
    expect(findings(stack).map((finding) => finding.slice(0, 95))).toMatchInlineSnapshot(`
     [
       "[app/Orders/Backend] The sign-in of the app "app/Orders/Backend/Resource" was changed after it ",
     ]
    `);
  });

  test.each([["auth_settings_v2.require_authentication"], ["lifecycle.ignore_changes"]])(
    "the stack overrides %s of the app",
    (attribute) => {
      lock(ownApp("App"));
      stack.addOverride(
        `resource.azurerm_linux_function_app.App.${attribute}`,
        attribute.startsWith("l") ? ["all"] : false,
      );
      expect(findings(stack).map((finding) => finding.slice(0, 90))).toMatchSnapshot();
    },
  );

  test("Terraform is told to ignore it, beside another override of the lifecycle", () => {
    const app = ownApp("App");
    app.lifecycle = { ignoreChanges: ["auth_settings_v2"] };
    lock(app);
    stack.addOverride("resource.azurerm_linux_function_app.App.lifecycle.prevent_destroy", true);
    expect(findings(stack).map((finding) => finding.slice(0, 84))).toEqual([
      '[app/Orders/Backend] The app "app/App" has auth_settings_v2 in lifecycle.ignoreChang',
    ]);
  });

  test("Terraform is told to ignore it, beside an override that ignores something else: cdktf adds lists up", () => {
    const app = ownApp("App");
    app.lifecycle = { ignoreChanges: ["auth_settings_v2"] };
    lock(app);
    stack.addOverride("resource.azurerm_linux_function_app.App.lifecycle.ignore_changes", ["tags"]);
    expect(findings(stack).map((finding) => finding.slice(0, 84))).toEqual([
      '[app/Orders/Backend] The app "app/App" has auth_settings_v2 in lifecycle.ignoreChang',
    ]);
    app.lifecycle = undefined;
    expect(only(synth(stack), "azurerm_linux_function_app").lifecycle).toEqual({ ignore_changes: ["tags"] });
  });

  test("an aspect opens it", () => {
    const app = ownApp("App");
    lock(app);
    Aspects.of(stack).add({ visit: (node) => node === app && app.resetAuthSettingsV2() });
    expect(findings(stack)).toHaveLength(1);
  });

  test("the app is in another stack, which could be deployed neither before nor after", () => {
    const other = new TerraformStack(stack.node.root, "other");
    const inOther = new LinuxFunctionApp(other, "App", { ...OWN_APP });
    expect(messageOf(() => lock(inOther))).toMatchInlineSnapshot(
      `"[app/Orders/Backend] The app "other/App" is in another stack: its sign-in would need the gateway's identity, and the gateway the app's address, so that each stack had to be deployed before the other. Write the SecureApimBackend in the stack of the app. The gateway may be in any other."`,
    );
  });

  test.each([["auth_settings_v2"], ["all"]])("Terraform is told to ignore %s", (attribute) => {
    const app = ownApp("App");
    app.lifecycle = { ignoreChanges: attribute === "all" ? "all" : [attribute] };
    lock(app);
    expect(findings(stack)).toMatchSnapshot();
  });
});

describe("a gateway without the identity it should have", () => {
  function declared(identity?: ApiManagement["identityInput"]): ApiManagement {
    return new ApiManagement(stack, "Apim", {
      name: "apim",
      resourceGroupName: GROUP.name,
      location: GROUP.location,
      publisherName: "Contoso",
      publisherEmail: "api@contoso.com",
      skuName: "Developer_1",
      identity,
    });
  }

  test("your own ApiManagement has none", () => {
    ApimGateway.fromApiManagement(stack, "G", declared());
    expect(findings(stack)).toMatchInlineSnapshot(`
     [
       "[app/G] The ApiManagement object "app/Apim" has no managed identity, and cannot get tokens for its backends. Write identity: { type: "SystemAssigned" } on it.",
     ]
    `);
  });

  test("your own ApiManagement has the other kind", () => {
    const identity = GatewayIdentity.userAssigned({ id: "id", principalId: GUID, clientId: GUID });
    ApimGateway.fromApiManagement(stack, "G", declared({ type: "SystemAssigned" }), identity);
    expect(findings(stack)).toMatchInlineSnapshot(`
     [
       "[app/G] The ApiManagement object "app/Apim" has an identity of type "SystemAssigned" only, and cannot get tokens for its backends. Write identity: { type: "SystemAssigned, UserAssigned", identityIds: [identity.id] } on it.",
     ]
    `);
  });

  test("your own ApiManagement has another one of the kind", () => {
    const identity = GatewayIdentity.userAssigned({ id: "mine", principalId: GUID, clientId: GUID });
    ApimGateway.fromApiManagement(stack, "G", declared({ type: "UserAssigned", identityIds: ["theirs"] }), identity);
    expect(findings(stack)).toMatchInlineSnapshot(`
     [
       "[app/G] The ApiManagement object "app/Apim" does not have the user-assigned identity "mine", and cannot get tokens with it. Add it to identityIds on it.",
     ]
    `);
  });

  test("an identity that is set by an override is fine", () => {
    const service = declared();
    service.addOverride("identity", { type: "SystemAssigned" });
    ApimGateway.fromApiManagement(stack, "G", service);
    expect(() => synth(stack)).not.toThrow();
  });

  test("a gateway that is reached with a provider of another stack", () => {
    const other = new TerraformStack(stack.node.root, "other");
    const provider = new AzurermProvider(other, "azurerm", { alias: "platform", features: [{}] });
    gateway = ApimGateway.fromLookup(other, "G", { apimName: "a", resourceGroupName: "b", provider });
    expect(messageOf(() => callUrl("https://a.contoso.com"))).toMatchInlineSnapshot(
      `"[app/Orders] The gateway "other/G" is reached with the provider "other/azurerm" of another stack, which this stack cannot use. Write a provider in this stack, and ApimGateway.fromLookup(this, "Gateway", { apimName, resourceGroupName, provider })."`,
    );
  });

  test("both kinds are fine", () => {
    ApimGateway.fromApiManagement(stack, "G", declared({ type: "SystemAssigned, UserAssigned", identityIds: ["id"] }));
    expect(() => synth(stack)).not.toThrow();
  });
});

describe("a literal is needed", () => {
  test.each<[string, () => unknown]>([
    ["for a reason", () => publish(ApiSurface.wildcard().withoutSubscriptionKey(secret()))],
    [
      "for a key header",
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: secret(), query: "key" } })),
    ],
    [
      "for a key parameter",
      () => publish(ApiSurface.wildcard({ subscriptionKeyNames: { header: "X-Key", query: secret() } })),
    ],
    ["for a tier", () => newGateway("G", { sku: ApimSku.of(secret(), 1) })],
    [
      "for units",
      () => newGateway("G", { sku: ApimSku.of("Premium", new TerraformVariable(stack, "n", {}).numberValue) }),
    ],
    [
      "for a storage role",
      () =>
        new SecureApimBackend(stack, "Orders", {
          gateway,
          backend: functionApp({ extraStorageRoles: [StorageRole.of(secret())] }),
        }),
    ],
    ["to tell callers apart", () => new AppRegistration(stack, "R").grantInvoke(Caller.servicePrincipal(secret()))],
  ])("%s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
});

describe("opting out without a reason", () => {
  test.each<[string, () => unknown]>([
    ["no subscription key", () => publish(ApiSurface.wildcard().withoutSubscriptionKey(" "))],
    ["OPTIONS", () => publish(ApiSurface.wildcard().passThroughOptions(""))],
    ["the assignment", () => new AppRegistration(stack, "R", { assignment: InvokeAssignment.managedElsewhere("") })],
  ])("%s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
});

describe("an app that App Service cannot run", () => {
  test.each<[string, () => unknown]>([
    ["a Node.js version as web apps write it", () => webApp({ runtime: AppRuntime.node("22-lts") })],
    ["PowerShell in a web app", () => webApp({ runtime: AppRuntime.powershell("7.4") })],
    [
      "PHP in a function app",
      () =>
        new SecureApimBackend(stack, "Orders", { gateway, backend: functionApp({ runtime: AppRuntime.php("8.3") }) }),
    ],
    ["a plan that is not dedicated", () => webApp({ plan: AppServicePlan.dedicated("Y1") })],
    ["a route prefix that is no path", () => webApp({ routePrefix: "/api" })],
  ])("%s", (_, action) => expect(messageOf(action)).toMatchSnapshot());
});

describe("a provider that would reach the storage account by its keys", () => {
  function stackWith(config: object): TerraformStack {
    stack = stackWithProviders();
    const provider = stack.node.findChild("azurerm") as AzurermProvider;
    provider.resetFeatures();
    provider.resetStorageUseAzuread();
    Object.assign(provider, config);
    return stack;
  }

  test.each([
    ["with its defaults", {}],
    ["with Entra ID, but at the data plane", { features: [{}], storageUseAzuread: true }],
    ["without the data plane, but by key", { features: [{ storage: [{ dataPlaneAvailable: false }] }] }],
  ])("%s", (_, config) => {
    stackWith(config);
    new SecureApimBackend(stack, "Orders", { gateway: newGateway("Gateway"), backend: functionApp() });
    expect(findings(stack)).toMatchSnapshot();
  });

  test("an aliased provider for the account is the other way", () => {
    stackWith({ features: [{}] });
    const storageProvider = new AzurermProvider(stack, "azurerm-storage", {
      alias: "storage",
      features: [{ storage: [{ dataPlaneAvailable: false }] }],
      storageUseAzuread: true,
    });
    new SecureApimBackend(stack, "Orders", {
      gateway: newGateway("Gateway"),
      backend: functionApp({ storageProvider }),
    });
    const [account] = Object.values(synth(stack).resource.azurerm_storage_account) as { provider: string }[];
    expect(account.provider).toBe("azurerm.storage");
  });
});
