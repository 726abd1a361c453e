import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { AzureadProvider } from "@cdktf/provider-azuread/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import {
  ApiCallers,
  ApimGateway,
  ApimSku,
  ApiSurface,
  AppRegistration,
  AppRuntime,
  Audience,
  Backend,
  BranchCondition,
  Caller,
  GatewayIdentity,
  IApimGateway,
  IApiSurface,
  ICaller,
  InvokeAssignment,
  PolicyDocument,
  PolicyStatement,
  SecureApimBackend,
  SecureApimBackendProps,
} from "cdktf-secure-apim-backend";
import { order } from "../helpers/graph";
import { refusal } from "../helpers/refusal";
import {
  all,
  annotations,
  findings,
  GROUP,
  Json,
  only,
  stackWithProviders,
  synth,
  withoutHashes,
} from "../helpers/synth";

const GUID = "11111111-2222-3333-4444-555555555555";
const OTHER = "99999999-2222-3333-4444-555555555555";
const SERVICE = { resourceGroup: GROUP, publisherName: "Contoso", publisherEmail: "api@contoso.com" };

let stack: TerraformStack;
let inner: IApimGateway;
let outer: IApimGateway;

beforeEach(() => {
  stack = stackWithProviders();
  inner = created("Inner");
  outer = created("Outer");
});

const created = (id: string): IApimGateway => new ApimGateway(stack, id, SERVICE);
const existing = (id: string): IApimGateway =>
  ApimGateway.fromLookup(stack, id, { apimName: id.toLowerCase(), resourceGroupName: "platform" });
function withIdentity(id: string): IApimGateway {
  const identity = new UserAssignedIdentity(stack, `${id}Identity`, {
    name: id,
    resourceGroupName: GROUP.name,
    location: GROUP.location,
  });
  return new ApimGateway(stack, id, { ...SERVICE, identity: GatewayIdentity.userAssigned(identity) });
}

/** The API on the inner gateway. */
function api(callers: ApiCallers | undefined, props: Partial<SecureApimBackendProps> = {}): SecureApimBackend {
  return new SecureApimBackend(stack, "Orders", {
    gateway: inner,
    backend: Backend.url("https://legacy.contoso.com", Audience.clientId(GUID)),
    callers,
    ...props,
  });
}

/** The API on the outer gateway. */
const call = (upstream: SecureApimBackend, gateway = outer, id = "Shop"): SecureApimBackend =>
  new SecureApimBackend(stack, id, { gateway, backend: Backend.upstreamApim(upstream) });

const policyOf = (json: Json, api_name: string): Json =>
  Object.values<Json>(all(json, "azurerm_api_management_api_policy")).find((policy) => policy.api_name === api_name) ??
  {};
const textOf = (json: Json, name: string): string => withoutHashes(policyOf(json, name).xml_content);
/** The validation of a policy. */
const validationOf = (json: Json, name = "orders"): string =>
  /<(validate-[a-z-]+) id="secure-apim-backend-require-caller"[^]*?<\/\1>/.exec(textOf(json, name))?.[0] ?? "";

describe("an API that lets in named callers alone", () => {
  const fromAuthorization = "GetValueOrDefault(&quot;Authorization&quot;, &quot;&quot;).Split(' ').Last()";

  test("takes the token of its own gateway, whose other APIs send it in Authorization", () => {
    call(api({ allowed: [inner] }), inner);
    expect(validationOf(synth(stack))).toContain(fromAuthorization);
  });

  test.each<[string, () => IApimGateway, string | undefined]>([
    [
      "hides the token that MCP servers of its own gateway send from the backend",
      () => inner,
      '<set-header id="secure-apim-backend-tool-token-header" name="X-Mcp-Api-Token" exists-action="delete" />',
    ],
    ["has nothing to hide that another gateway sends", () => outer, undefined],
  ])("%s", (_, caller, removal) => {
    api({ allowed: [caller()] });
    expect(/<set-header [^>]*X-Mcp[^>]*>/.exec(textOf(synth(stack), "orders"))?.[0]).toBe(removal);
  });

  test("takes the token of another gateway with the same identity in Authorization", () => {
    const props = { name: "shared", resourceGroupName: GROUP.name, location: GROUP.location };
    const identity = GatewayIdentity.userAssigned(new UserAssignedIdentity(stack, "Shared", props));
    inner = new ApimGateway(stack, "A", { ...SERVICE, identity });
    outer = new ApimGateway(stack, "B", { ...SERVICE, identity });
    call(api({ allowed: [outer] }));
    expect(validationOf(synth(stack))).toContain(fromAuthorization);
  });

  test("validates their tokens before all else, and calls its own backend with its own gateway's identity", () => {
    call(api({ allowed: [outer] }));
    expect(textOf(synth(stack), "orders")).toMatchSnapshot();
  });

  test("is called with a token for it alone, once the caller is let in and the API is closed", () => {
    call(api({ allowed: [outer] }));
    const json = synth(stack);
    expect(textOf(json, "shop")).toMatchSnapshot();
    expect(policyOf(json, "shop").depends_on).toEqual([
      "azurerm_api_management_api.Shop_Api_0F6F40EC",
      "azurerm_api_management_api_policy.Orders_Policy_41E378C0",
      "azuread_app_role_assignment.Orders_Callers_Registration_Invoke-Outer_6469FE2E",
    ]);
  });

  test("has a registration that issues tokens to its callers, and to nobody else", () => {
    const orders = api({ allowed: [outer] });
    call(orders);
    const json = synth(stack);
    expect(orders.apiRegistration?.node.path).toBe("app/Orders/Callers/Registration");
    expect(orders.registration).toBeUndefined();
    const [application] = Object.values<Json>(all(json, "azuread_application"));
    expect(application).toMatchObject({
      display_name: "app/orders-callers",
      api: { requested_access_token_version: 2 },
    });
    expect(Object.values(all(json, "azuread_app_role_assignment"))).toEqual([
      {
        app_role_id: application.app_role[0].id,
        principal_object_id: "${azurerm_api_management.Outer_BC8635DA.identity[0].principal_id}",
        resource_object_id:
          "${azuread_service_principal.Orders_Callers_Registration_ServicePrincipal_B48F8099.object_id}",
      },
    ]);
  });

  test("gives each caller access, also before an API calls it", () => {
    api({ allowed: [outer, Caller.servicePrincipal(GUID, "job")] });
    const assignments = Object.values<Json>(all(synth(stack), "azuread_app_role_assignment"));
    expect(assignments.map(({ principal_object_id }) => principal_object_id)).toEqual([
      "${azurerm_api_management.Outer_BC8635DA.identity[0].principal_id}",
      GUID,
    ]);
  });

  test.each<[string, (id: string) => ICaller]>([
    ["object", (id) => Caller.servicePrincipal(id, "job")],
    ["client", (clientId) => Caller.managedIdentity({ id: "i", principalId: GUID, clientId }, "job")],
  ])("has Terraform check what only it knows, such as the %s id of a caller", (kind, caller) => {
    const { stringValue: clientId } = new TerraformVariable(stack, "client", { type: "string" });
    const assignment = InvokeAssignment.managedElsewhere("ticket 12");
    const registration = AppRegistration.fromAttributes(stack, "R", { clientId, tenantId: clientId, assignment });
    api({ allowed: [caller(clientId)], registration });
    const { precondition } = policyOf(synth(stack), "orders").lifecycle;
    const id = "policy-value-not-allowed";
    const found = precondition.map((each: Json) => each.error_message);
    expect(found.sort()).toEqual([
      refusal("registration-at-plan"),
      refusal(id, "an audience of callers", "a client id, or an application id URI"),
      refusal(id, `the ${kind} id of a caller`, "a GUID such as"),
      refusal(id, "the tenant id of callers", "the GUID of the tenant, or one of its domains"),
    ]);
  });

  test("asks for no subscription key, which its callers have none of", () => {
    call(api({ allowed: [outer] }));
    const apis = Object.values<Json>(all(synth(stack), "azurerm_api_management_api"));
    expect(apis.map(({ name, subscription_required }) => [name, subscription_required])).toEqual([
      ["orders", false],
      ["shop", true],
    ]);
    expect(annotations(stack)).toEqual([]);
  });

  test("knows callers by their client ids, where it knows all of these", () => {
    outer = withIdentity("Second");
    api({ allowed: [outer, Caller.managedIdentity({ id: "i", principalId: GUID, clientId: OTHER }, "job")] });
    expect(validationOf(synth(stack))).toMatchSnapshot();
  });

  test("knows them by their object ids in another cloud, whose gateways may not know its Entra ID by name", () => {
    stack = new TerraformStack(Testing.app(), "app");
    new AzurermProvider(stack, "azurerm", { features: [{}], environment: "usgovernment" });
    new AzureadProvider(stack, "azuread", { environment: "usgovernment" });
    const resourceGroup = { ...GROUP, location: "usgovvirginia" };
    const identity = GatewayIdentity.userAssigned({ id: "i", principalId: GUID, clientId: OTHER });
    inner = new ApimGateway(stack, "Inner", { ...SERVICE, resourceGroup, identity, sku: ApimSku.BASIC });
    api({ allowed: [inner] });
    expect(validationOf(synth(stack))).toMatchSnapshot();
  });

  test("knows all of them by their object ids, where it does not", () => {
    api({ allowed: [withIdentity("Second"), outer, Caller.servicePrincipal(GUID)] });
    expect(validationOf(synth(stack))).toMatchSnapshot();
  });

  test("takes a registration that somebody else made, in its tenant, and writes nothing to Entra ID", () => {
    const registration = AppRegistration.fromAttributes(stack, "Registration", {
      clientId: GUID,
      tenantId: "contoso.onmicrosoft.com",
      assignment: InvokeAssignment.managedElsewhere("the identity team does, ticket 12"),
    });
    const orders = api({ allowed: [outer], registration });
    call(orders);
    const json = synth(stack);
    expect(orders.apiRegistration).toBe(registration);
    expect(validationOf(json)).toMatchSnapshot();
    expect(Object.keys(json.resource).filter((type) => type.startsWith("azuread"))).toEqual([]);
  });

  test("can tell its backend who called", () => {
    api({ allowed: [outer] }, { policy: PolicyDocument.of(PolicyStatement.forwardCallerIdentity()) });
    expect(textOf(synth(stack), "orders")).toContain('name="X-Caller-Object-Id" exists-action="override"');
  });

  test("names a caller once that is given twice", () => {
    api({ allowed: [outer, Caller.servicePrincipal(GUID), outer, Caller.servicePrincipal(GUID, "job")] });
    expect(validationOf(synth(stack)).match(/<value>.*<.value>/g)).toEqual([
      "<value>${azurerm_api_management.Outer_BC8635DA.identity[0].principal_id}</value>",
      `<value>${GUID}</value>`,
    ]);
  });

  test("tells a surface of one's own that it needs no subscription key", () => {
    const told: (boolean | undefined)[] = [];
    const surface: IApiSurface = {
      factory: "fake",
      bind: (scope, options) => {
        told.push(options.requiresToken);
        return ApiSurface.wildcard().bind(scope, options);
      },
    };
    api({ allowed: [outer] }, { surface });
    new SecureApimBackend(stack, "Open", {
      gateway: outer,
      backend: Backend.url("https://o", Audience.clientId(GUID)),
      surface,
    });
    expect(told).toEqual([true, false]);
  });

  test("says whom it lets in", () => {
    const orders = api({ allowed: [outer, Caller.servicePrincipal(GUID)] });
    expect(
      [outer, inner, Caller.servicePrincipal(GUID, "job"), Caller.servicePrincipal(OTHER)].map((caller) =>
        orders.admits(caller),
      ),
    ).toEqual([true, false, true, false]);
    expect(call(orders).admits(outer)).toBe(false);
  });
});

describe("any two gateways", () => {
  const KINDS: [string, (id: string) => IApimGateway][] = [
    ["new", created],
    ["existing", existing],
    ["with an identity of its own", withIdentity],
  ];
  const pairs = KINDS.flatMap(([a, first]) => KINDS.map(([b, second]) => [a, b, first, second] as const));

  test.each(pairs)("%s and %s: call one another, without a cycle", (_a, _b, first, second) => {
    const [west, east] = [first("West"), second("East")];
    const secured = (id: string, gateway: IApimGateway, caller: IApimGateway): SecureApimBackend =>
      new SecureApimBackend(stack, id, {
        gateway,
        backend: Backend.url("https://legacy.contoso.com", Audience.clientId(GUID)),
        callers: { allowed: [caller] },
      });
    call(secured("WestApi", west, east), east, "EastToWest");
    call(secured("EastApi", east, west), west, "WestToEast");
    const json = synth(stack);
    expect(() => order(json)).not.toThrow();
    const byClientId = (caller: (id: string) => IApimGateway): string =>
      caller === withIdentity ? "validate-azure-ad-token" : "validate-jwt";
    expect(validationOf(json, "west-api")).toMatch(new RegExp(`^<${byClientId(second)} `));
    expect(validationOf(json, "east-api")).toMatch(new RegExp(`^<${byClientId(first)} `));
    expect(Object.keys(all(json, "azuread_app_role_assignment"))).toHaveLength(2);
  });

  test("and a third behind them, without a cycle", () => {
    const third = created("Third");
    const middle = new SecureApimBackend(stack, "Middle", {
      gateway: inner,
      backend: Backend.upstreamApim(api({ allowed: [inner] }, { gateway: third })),
      callers: { allowed: [outer] },
    });
    call(middle);
    const json = synth(stack);
    expect(() => order(json)).not.toThrow();
    expect(textOf(json, "middle").match(/<(validate-jwt|authentication-managed-identity) /g)).toEqual([
      "<validate-jwt ",
      "<authentication-managed-identity ",
    ]);
  });
});

test("gateways in one stack, and the two APIs in one each, of which the outer waits for the inner", () => {
  const app = Testing.app();
  const [platform, team, shop] = ["platform", "team", "shop"].map((name) => {
    const each = new TerraformStack(app, name);
    new AzurermProvider(each, "azurerm", { features: [{}] });
    new AzureadProvider(each, "azuread");
    return each;
  });
  stack = platform;
  [inner, outer] = [created("Inner"), created("Outer")];
  stack = team;
  const orders = api({ allowed: [outer] });
  stack = shop;
  call(orders);
  [platform, team, shop].forEach((each) => each.prepareStack());
  expect(policyOf(synth(shop), "shop").depends_on).toEqual(["azurerm_api_management_api.Shop_Api_0F6F40EC"]);
  expect(shop.dependencies).toContain(team);
  expect(all(synth(shop), "azuread_app_role_assignment")).toEqual({});
});

test("two APIs in front of one upstream API share its grant", () => {
  const orders = api({ allowed: [outer] });
  call(orders);
  call(orders, outer, "Outlet");
  expect(Object.keys(all(synth(stack), "azuread_app_role_assignment"))).toHaveLength(1);
});

test("an upstream API can be one of several backends", () => {
  new SecureApimBackend(stack, "Shop", {
    gateway: outer,
    backend: Backend.url("https://shop.contoso.com", Audience.clientId(OTHER)),
    branches: [
      {
        name: "orders",
        when: BranchCondition.header("X-Kind", "order"),
        backend: Backend.upstreamApim(api({ allowed: [outer] })),
      },
    ],
  });
  expect(textOf(synth(stack), "shop")).toContain(
    'resource="${azuread_application.Orders_Callers_Registration_D43D1908.client_id}" />',
  );
});

describe("the validation of callers", () => {
  const inboundOf = (policy: PolicyDocument): string[] => {
    api({ allowed: [outer] }, { policy });
    const { xml_content } = only(synth(stack), "azurerm_api_management_api_policy");
    return [...xml_content.matchAll(/<(validate-[a-z-]+|cache-lookup|base|cors)[ />]/g)].map(([, name]) => name);
  };
  const document = (inbound: string): PolicyDocument =>
    PolicyDocument.fromXml(`<policies><inbound>${inbound}</inbound></policies>`);

  test("comes before whatever the document does, even before <base />", () => {
    const names = inboundOf(document('<cors /><cache-lookup vary-by-developer="false" /><base />'));
    expect(names).toEqual(["cors", "validate-jwt", "cache-lookup", "base"]);
  });

  test("leaves a validation of the document where it is: users may bring a token of their own", () => {
    const names = inboundOf(document('<base /><validate-azure-ad-token header-name="X-User-Token" />'));
    expect(names).toEqual(["validate-jwt", "base", "validate-azure-ad-token"]);
  });

  test("stands beside one that is asked for", () => {
    const names = inboundOf(
      PolicyDocument.of(PolicyStatement.requireEntraToken({ tenantId: GUID, audiences: [GUID] })),
    );
    expect(names.slice(0, 3)).toEqual(["validate-jwt", "base", "validate-azure-ad-token"]);
  });

  test.each<[string, string, (policy: ApiManagementApiPolicy) => void]>([
    ["replaced", "policy-changed", (policy) => (policy.xmlContent = "<policies />")],
    ["overridden", "policy-changed", (policy) => policy.addOverride("xml_content", "<policies />")],
    [
      "ignored",
      "guarded-attribute-ignored",
      (policy) => (policy.lifecycle = { ...policy.lifecycle, ignoreChanges: ["xml_content"] }),
    ],
    [
      "ignored with all the rest",
      "guarded-attribute-ignored",
      (policy) => (policy.lifecycle = { ...policy.lifecycle, ignoreChanges: "all" }),
    ],
  ])("is an error at synth when the policy is %s", (_, id, change) => {
    const orders = api({ allowed: [outer] });
    change(orders.node.findChild("Policy") as ApiManagementApiPolicy);
    expect(findings(stack)).toEqual([refusal(id, '"app/Orders/Policy"', "xml_content")]);
  });

  test.each([["the app first"], ["the API first"]])("is not for a registration that locks an app, %s", (order) => {
    const registration = new AppRegistration(stack, "Shared");
    const steps = [
      () =>
        new SecureApimBackend(stack, "Payroll", {
          gateway: inner,
          backend: Backend.webApp({ resourceGroup: GROUP, runtime: AppRuntime.node("22"), registration }),
        }),
      () => api({ allowed: [outer], registration }),
    ];
    const [first, second] = order === "the app first" ? steps : [...steps].reverse();
    first();
    const [one, other] =
      order === "the app first" ? ["app/Payroll/Backend", "app/Orders"] : ["app/Orders", "app/Payroll/Backend"];
    expect(second).toThrow(refusal("registration-for-both", `[${other}]`, '"app/Shared"', `"${one}"`));
  });
});

describe("what would not be closed, or not get in, is refused", () => {
  test("an upstream API that knows nobody's identity", () => {
    expect(() => call(api(undefined))).toThrow(
      refusal(
        "upstream-without-callers",
        "[app/Shop/Backend]",
        '"app/Orders"',
        "callers: { allowed: [gateway] }",
        '"app/Outer"',
      ),
    );
  });

  test("an upstream API that lets in others", () => {
    expect(() => call(api({ allowed: [inner] }))).toThrow(
      refusal(
        "upstream-without-this-gateway",
        "[app/Shop/Backend]",
        '"app/Orders"',
        '"app/Outer"',
        "callers: { allowed: [..., gateway] }",
      ),
    );
  });

  test("an API that lets in nobody", () => {
    expect(() => api({ allowed: [] })).toThrow(
      refusal("no-callers", "[app/Orders]", "callers: { allowed: [gateway] }"),
    );
  });

  test("a property that callers do not have", () => {
    const given = { allowed: [outer], zebra: true } as ApiCallers;
    expect(() => api(given)).toThrow(refusal("unknown-property", "[app/Orders]", '"zebra" in callers, '));
  });

  const notOnApi = (caller: string, registration: string, apis: string): unknown =>
    refusal("caller-not-on-api", "[app/Orders]", `"${caller}"`, `"${registration}"`, `(${apis})`, "[..., caller]");

  test("a caller that is granted access on the registration of the API, and not named on it", () => {
    const orders = api({ allowed: [outer] });
    orders.apiRegistration?.grantInvoke(Caller.servicePrincipal(OTHER, "night-job"));
    orders.apiRegistration?.grantInvoke(outer);
    expect(findings(stack)).toEqual([notOnApi("night-job", "app/Orders/Callers/Registration", '"app/Orders"')]);
  });

  test("a gateway that calls the API by its address, and is not named on it", () => {
    const orders = api({ allowed: [inner] });
    const audience = Audience.registration(orders.apiRegistration ?? new AppRegistration(stack, "None"));
    new SecureApimBackend(stack, "Shop", { gateway: outer, backend: Backend.url(orders.apiUrl, audience) });
    expect(findings(stack)).toEqual([notOnApi("Outer", "app/Orders/Callers/Registration", '"app/Orders"')]);
  });

  test("a caller that no API of a shared registration names, whenever it was granted access", () => {
    const registration = new AppRegistration(stack, "Registration");
    const job = Caller.servicePrincipal(OTHER, "night-job");
    registration.grantInvoke(job);
    api({ allowed: [outer], registration });
    const second = (id: string, allowed: ICaller[]): SecureApimBackend =>
      new SecureApimBackend(stack, id, {
        gateway: inner,
        backend: Backend.url("https://invoices.contoso.com", Audience.clientId(GUID)),
        callers: { allowed, registration },
      });
    second("Invoices", [inner]);
    expect(findings(stack)).toEqual([notOnApi("night-job", "app/Registration", '"app/Orders", "app/Invoices"')]);
    second("Reports", [Caller.servicePrincipal(OTHER)]);
    expect(() => synth(stack)).not.toThrow();
  });

  test("callers who could call the backend directly", () => {
    const registration = new AppRegistration(stack, "Registration");
    const backend = Backend.url("https://legacy.contoso.com", Audience.registration(registration));
    expect(() => api({ allowed: [outer], registration }, { backend })).toThrow(
      refusal("registration-of-backend", "[app/Orders]", '"app/Registration"', "callers.registration"),
    );
  });

  test("an upstream API bound twice", () => {
    const backend = Backend.upstreamApim(api({ allowed: [outer] }));
    new SecureApimBackend(stack, "Shop", { gateway: outer, backend });
    expect(() => new SecureApimBackend(stack, "Outlet", { gateway: outer, backend })).toThrow(
      refusal("call-bound-twice", "[app/Outlet/Backend]", "Backend.upstreamApim(...)", '"app/Shop/Backend"'),
    );
  });
});
