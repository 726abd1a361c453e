import { Json } from "../helpers/synth";
import { policy, WRITTEN } from "../rules/written-stack";
import { callLines, reportAfter, reportOf } from "./reported";

const GATEWAY = "${azurerm_api_management.gateway.name}";

/** The calls to and from the API "orders" if its policy is this one. */
function withPolicy(inbound: readonly string[], change: (all: Json) => void = () => undefined): string[] {
  const report = reportAfter((all) => {
    all.azurerm_api_management_api_policy.orders.xml_content = policy(...inbound);
    change(all);
  });
  return callLines(report).filter((line) => line.includes("orders"));
}

const ROUTE = '<set-backend-service backend-id="orders" />';
const TO_APP = "orders -> orders: managed identity; the system-assigned identity of gateway; the registration orders";
const KEY_HOLDERS = "Holders of a key for gateway -> orders: subscription key";

describe("callers", () => {
  test("an application of Entra ID, which needs a key too", () => {
    expect(withPolicy(["<base />", WRITTEN.validation, ROUTE, WRITTEN.token])).toEqual([
      "Application 66666666-7777-8888-9999-000000000000 -> orders: Entra token and subscription key; " +
        "the application 66666666-7777-8888-9999-000000000000",
      TO_APP,
    ]);
  });

  test("everyone in a tenant with a role, for an audience", () => {
    const validation = `<validate-jwt header-name="Authorization">
      <openid-config url="https://login.microsoftonline.com/contoso.com/v2.0/.well-known/openid-configuration" />
      <audiences><audience>api://orders</audience></audiences>
      <required-claims><claim name="roles" match="any"><value>Reader</value><value>Writer</value></claim></required-claims>
    </validate-jwt>`;
    expect(withPolicy(["<base />", validation, ROUTE, WRITTEN.token])).toEqual([
      "Everyone with a token of the tenant contoso.com -> orders: Entra token and subscription key; api://orders; roles: Reader or Writer",
      TO_APP,
    ]);
  });

  test("everyone with a token of another issuer", () => {
    const validation =
      '<validate-jwt header-name="Authorization"><openid-config url="https://id.example/.well-known/openid-configuration" /></validate-jwt>';
    expect(withPolicy(["<base />", validation, ROUTE, WRITTEN.token])[0]).toBe(
      "Everyone with a token of https://id.example -> orders: other token and subscription key",
    );
  });

  test("a user-assigned identity, an application and a group of the configuration", () => {
    const claim = (name: string, value: string): string =>
      `<claim name="${name}" match="any"><value>${value}</value></claim>`;
    const validation = `<validate-azure-ad-token tenant-id="contoso.com"><required-claims>
      ${claim("oid", "${azurerm_user_assigned_identity.batch.principal_id}")}
      ${claim("azp", "${azuread_application.web.client_id}")}
      ${claim("groups", "${azuread_group.sales.object_id}")}
    </required-claims></validate-azure-ad-token>`;
    const lines = withPolicy(["<base />", validation, ROUTE, WRITTEN.token], (all) => {
      all.azurerm_user_assigned_identity = { batch: { name: "batch" } };
      all.azuread_application.web = { display_name: "Web" };
      all.azuread_group = { sales: { display_name: "Sales" } };
    });
    expect(lines.slice(0, 3)).toEqual([
      "Application Web -> orders: Entra token and subscription key; the application Web",
      "Group Sales -> orders: Entra token and subscription key; the group Sales",
      "User-assigned identity batch -> orders: Entra token and subscription key; the user-assigned identity batch",
    ]);
  });

  test("those who have a key, those who subscribe to a product, and anyone", () => {
    const product = (required: boolean) => (all: Json) => {
      all.azurerm_api_management_product = {
        partners: {
          product_id: "partners",
          display_name: "Partners",
          api_management_name: GATEWAY,
          subscription_required: required,
        },
      };
      all.azurerm_api_management_product_api = {
        orders: { product_id: "partners", api_name: "orders", api_management_name: GATEWAY },
      };
    };
    const inbound = ["<base />", ROUTE, WRITTEN.token];
    expect(withPolicy(inbound)[0]).toBe(KEY_HOLDERS);
    expect(withPolicy(inbound, product(true))[0]).toBe(
      "Subscribers of the product Partners -> orders: subscription key",
    );
    expect(withPolicy(inbound, product(false))[0]).toBe("Anyone -> orders: nothing");
    expect(
      withPolicy(inbound, (all) => void (all.azurerm_api_management_api.orders.subscription_required = false))[0],
    ).toBe("Anyone -> orders: nothing");
    expect(
      withPolicy(
        inbound,
        (all) => void (all.azurerm_api_management_api.orders.subscription_required = "${var.keys}"),
      )[0],
    ).toBe("Callers that are not known -> orders: not known");
  });

  test("a validation in the policy of all APIs counts, unless the API does not inherit it", () => {
    const everywhere = (all: Json): void => {
      all.azurerm_api_management_policy.all.xml_content = policy(WRITTEN.validation);
    };
    expect(withPolicy(["<base />", ROUTE, WRITTEN.token], everywhere)[0]).toMatch(
      /^Application .* -> orders: Entra token/,
    );
    expect(withPolicy([ROUTE, WRITTEN.token], everywhere)[0]).toBe(KEY_HOLDERS);
  });

  test("a validation in an included fragment counts, and one under a condition does not", () => {
    const fragment = (all: Json): void => {
      all.azurerm_api_management_policy_fragment = {
        check: { name: "check", value: `<fragment>${WRITTEN.validation}</fragment>` },
      };
    };
    const include = '<include-fragment fragment-id="check" />';
    expect(withPolicy(["<base />", include, ROUTE, WRITTEN.token], fragment)[0]).toMatch(/^Application /);
    const choose = `<choose><when condition="@(true)">${WRITTEN.validation}</when></choose>`;
    expect(withPolicy(["<base />", choose, ROUTE, WRITTEN.token])[0]).toBe(KEY_HOLDERS);
  });
});

/** How the gateway signs in, by what the policy has beside the route. */
const PROOFS: readonly (readonly [what: string, inbound: string, proof: string])[] = [
  ["nothing", "", "nothing"],
  ["a certificate", '<authentication-certificate certificate-id="orders" />', "client certificate"],
  ["a password", '<authentication-basic username="a" password="{{b}}" />', "key"],
  [
    "a key in a header",
    '<set-header name="x-functions-key" exists-action="override"><value>{{key}}</value></set-header>',
    "key",
  ],
  ["a key in the query", '<set-query-parameter name="code"><value>{{key}}</value></set-query-parameter>', "key"],
  ["the token of the caller", WRITTEN.validation, "token of the caller"],
  ["a fragment that is elsewhere", '<include-fragment fragment-id="elsewhere" />', "not known"],
];

test.each(PROOFS)("the gateway signs in with %s", (_, inbound, proof) => {
  const lines = withPolicy(["<base />", ROUTE, inbound]);
  expect(lines[lines.length - 1]).toBe(`orders -> orders: ${proof}`);
});

test("the gateway signs in with the credentials of the backend entity", () => {
  const lines = withPolicy(["<base />", ROUTE], (all) => {
    all.azurerm_api_management_backend.orders.credentials = { header: { "x-key": "{{key}}" } };
  });
  expect(lines[1]).toBe("orders -> orders: key");
});

test("the gateway signs in with a user-assigned identity, which has a role on the app's registration", () => {
  const token =
    '<authentication-managed-identity resource="${azuread_application.orders.client_id}" client-id="${azurerm_user_assigned_identity.caller.client_id}" />';
  const lines = withPolicy(["<base />", ROUTE, token], (all) => {
    all.azurerm_user_assigned_identity = { caller: { name: "caller" } };
    all.azuread_application.orders.app_role = [{ id: "1", value: "Orders.Call" }];
    all.azuread_service_principal = { orders: { client_id: "${azuread_application.orders.client_id}" } };
    all.azuread_app_role_assignment = {
      caller: {
        app_role_id: "1",
        principal_object_id: "${azurerm_user_assigned_identity.caller.principal_id}",
        resource_object_id: "${azuread_service_principal.orders.object_id}",
      },
    };
  });
  expect(lines[1]).toBe(
    "orders -> orders: managed identity; the user-assigned identity caller; the registration orders; Orders.Call",
  );
});

test("branches go to their own backends, each with its own token", () => {
  const branch = (url: string, resource: string): string =>
    `<when condition="@(true)"><set-backend-service base-url="${url}" /><authentication-managed-identity resource="${resource}" /></when>`;
  const lines = withPolicy([
    "<base />",
    `<choose>${branch("https://one.example", "api://one")}${branch("https://two.example/x?code=secret", "api://two")}</choose>`,
  ]);
  expect(lines.slice(1)).toEqual([
    "orders -> one.example: managed identity; the system-assigned identity of gateway; api://one",
    "orders -> two.example: managed identity; the system-assigned identity of gateway; api://two",
  ]);
});

test("an operation can go to another backend", () => {
  const report = reportAfter((all) => {
    all.azurerm_api_management_api_operation_policy.get.xml_content = policy(
      "<base />",
      '<set-backend-service base-url="https://one.example" />',
    );
  });
  expect(callLines(report)).toContain(
    "orders -> one.example: managed identity; the system-assigned identity of gateway; the registration orders",
  );
});

test("a pool goes to its members", () => {
  const backends = "Microsoft.ApiManagement/service/backends@2024-05-01";
  const member = "${azurerm_api_management_backend.orders.id}";
  const lines = withPolicy(
    ["<base />", '<set-backend-service backend-id="pool" />', WRITTEN.token],
    (all) =>
      void (all.azapi_resource = {
        pool: {
          type: backends,
          name: "pool",
          parent_id: "${azurerm_api_management.gateway.id}",
          body: { properties: { type: "Pool", pool: { services: [{ id: member }] } } },
        },
      }),
  );
  expect(lines[1]).toBe(TO_APP);
});

test("what Terraform or the gateway computes is said to be so", () => {
  const to = (url: string): string => {
    const lines = withPolicy(["<base />", `<set-backend-service base-url="${url}" />`, WRITTEN.token]);
    return lines[1].split(":")[0];
  };
  expect(to("@(context.Request.Headers[&quot;To&quot;])")).toBe("orders -> an address that the gateway computes");
  expect(to("${var.backend_url}")).toBe("orders -> var.backend_url");
  expect(to("https://${var.host}/path")).toBe("orders -> ${var.host}");
});

test("an app is found by its host, by a custom host name, and in another stack", () => {
  const by = (url: string, change: (all: Json) => void = () => undefined): string =>
    withPolicy(["<base />", ROUTE, WRITTEN.token], (all) => {
      all.azurerm_api_management_backend.orders.url = url;
      change(all);
    })[1];
  expect(by("https://orders.azurewebsites.net/api")).toBe(TO_APP);
  expect(
    by("https://orders.contoso.com", (all) => {
      all.azurerm_app_service_custom_hostname_binding = {
        orders: { hostname: "orders.contoso.com", app_service_name: "${azurerm_linux_web_app.orders.name}" },
      };
    }),
  ).toBe(TO_APP);

  const report = reportAfter((all) => void delete all.azurerm_linux_web_app);
  expect(report.parties.filter(({ kind }) => kind === "app")).toEqual([]);
  const app = { resource: { azurerm_linux_web_app: { orders: { name: "orders" } } } };
  const platform = JSON.parse(JSON.stringify({ resource: {} })) as Json;
  platform.resource = reportStack((all) => {
    delete all.azurerm_linux_web_app;
    all.azurerm_api_management_backend.orders.url = "https://orders.azurewebsites.net";
  });
  const both = reportOf({ platform, team: app });
  expect(both.parties.find(({ kind }) => kind === "app")).toMatchObject({ name: "orders", stack: "team" });
  expect(both.calls.map(({ to }) => to)).toContain("team/azurerm_linux_web_app.orders");
});

function reportStack(change: (all: Json) => void): Json {
  let resources: Json = {};
  reportAfter((all) => {
    change(all);
    resources = all;
  });
  return resources;
}
