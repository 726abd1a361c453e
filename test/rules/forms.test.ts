import { Json } from "../helpers/synth";
import { workOf } from "../helpers/work";
import { verdictsOf } from "./judged";
import { policy, writtenStack, WRITTEN } from "./written-stack";

type Change = (resources: Json, stack: Json) => void;

/** The ids of what is violated and of what is not known, with the names of the resources. */
function judgedAfter(change: Change): { violated: string[]; unknown: string[] } {
  const stack = writtenStack();
  change(stack.resource, stack);
  const { violated, unknown } = verdictsOf({ orders: stack });
  const lines = (findings: typeof violated) => [
    ...new Set(findings.map(({ rule, resource }) => `${rule.id} ${resource.name}`)),
  ];
  return { violated: lines(violated), unknown: lines(unknown) };
}

const site = (all: Json): Json => all.azurerm_linux_web_app.orders;
const signIn = (all: Json): Json => site(all).auth_settings_v2[0];
const models = (all: Json): Json => all.azurerm_api_management_api.models;
const role = (all: Json): Json => all.azurerm_role_assignment.models;
const ordersPolicy = (all: Json): Json => all.azurerm_api_management_api_policy.orders;
const ROUTE = '<set-backend-service backend-id="orders" />';

const INCLUDE = '<include-fragment fragment-id="shared" />';

function withFragment(all: Json, content: string): void {
  all.azurerm_api_management_policy_fragment = {
    shared: { name: "shared", value: `<fragment>${content}</fragment>` },
  };
}

/** A sign-in of azapi, closed or off. */
const bodyOf = (enabled: boolean): Json => ({
  properties: {
    platform: { enabled },
    globalValidation: { requireAuthentication: true, unauthenticatedClientAction: "Return401" },
    identityProviders: {
      azureActiveDirectory: {
        validation: { defaultAuthorizationPolicy: { allowedPrincipals: { identities: ["gateway"] } } },
      },
    },
  },
});

/** Replaces the sign-in of azurerm. */
function withAzapi(change: Json, enabled = true): Change {
  return (all) => {
    delete site(all).auth_settings_v2;
    delete all.azurerm_linux_web_app_slot;
    const type = "Microsoft.Web/sites/config@2023-12-01";
    const parent = "${azurerm_linux_web_app.orders.id}";
    const body = bodyOf(enabled);
    all.azapi_update_resource = { signIn: { type, name: "authsettingsV2", parent_id: parent, body, ...change } };
  };
}

test("a policy whose API is not named does not belong to an API whose name only Terraform knows", () => {
  const { azurerm_api_management_api_policy: policies, ...resources } = writtenStack().resource;
  const api = { name: "management-${var.stage}", service_url: "https://management.azure.com" };
  const text = policy('<authentication-managed-identity resource="https://management.azure.com" />');
  const ofService = { api_management_id: "${azurerm_api_management.gateway.id}", xml_content: text };
  const resource = {
    ...resources,
    azurerm_api_management_api: { management: api },
    azurerm_api_management_policy: { all: ofService },
  };
  const { violated } = verdictsOf({ orders: { ...writtenStack(), resource } });
  expect(policies).toBeDefined();
  expect(violated.map(({ rule, resource: { name } }) => `${rule.id} ${name}`)).toContain("management-audience all");
});

describe("an open app is found, whatever it is written with", () => {
  const OPEN = ["sign-in-not-required website", "password-publishing website"];

  test.each<[string, Change, string[]]>([
    [
      "a host name with a path that is not known",
      (all) => void (models(all).service_url = "https://website.azurewebsites.net/${var.path}"),
      OPEN,
    ],
    [
      "a name and an address with the same variable",
      (all) => {
        all.azurerm_linux_web_app.website.name = "web-${var.stage}";
        models(all).service_url = "https://web-${var.stage}.azurewebsites.net";
      },
      OPEN,
    ],
    ["an address of WebSocket", (all) => void (models(all).service_url = "wss://website.azurewebsites.net"), OPEN],
    [
      "an address of WebSocket without TLS",
      (all) => void (models(all).service_url = "ws://chat.contoso.com"),
      ["http-backend models"],
    ],
    [
      "a container app by the domain of its environment",
      (all) => {
        all.azurerm_container_app_environment = { apps: { name: "apps" } };
        all.azurerm_container_app = { chat: { name: "chat" } };
        models(all).service_url = "https://chat.${azurerm_container_app_environment.apps.default_domain}";
      },
      ["sign-in-not-required chat"],
    ],
    [
      "a container app by its host name",
      (all) => {
        all.azurerm_container_app = { chat: { name: "chat" } };
        models(all).service_url = "https://chat.calm-1.westeurope.azurecontainerapps.io";
      },
      ["sign-in-not-required chat"],
    ],
    [
      "a name in a local",
      (all, stack) => {
        stack.locals = { name: "web-${var.stage}" };
        all.azurerm_linux_web_app.website.name = "${local.name}";
        models(all).service_url = "https://${local.name}.azurewebsites.net/";
      },
      OPEN,
    ],
    [
      "a domain of its own",
      (all) => {
        const binding = { hostname: "web.contoso.com", app_service_name: "${azurerm_linux_web_app.website.name}" };
        all.azurerm_app_service_custom_hostname_binding = { web: binding };
        models(all).service_url = "https://web.contoso.com";
      },
      OPEN,
    ],
    [
      "only its slot is called",
      (all) => {
        delete all.azurerm_linux_web_app_slot.staging.auth_settings_v2;
        all.azurerm_api_management_backend.orders.url =
          "https://${azurerm_linux_web_app_slot.staging.default_hostname}";
      },
      ["slot-more-open staging"],
    ],
    [
      "a slot with the ID of its app as a text",
      (all) => {
        const slot = all.azurerm_linux_web_app_slot.staging;
        slot.app_service_id = "/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/sites/orders";
        delete slot.auth_settings_v2;
      },
      ["slot-more-open staging"],
    ],
    [
      "a site of azapi",
      (all) => {
        const body = { properties: { siteConfig: { minTlsVersion: "1.0" } } };
        all.azapi_resource = { site: { type: "Microsoft.Web/sites@2023-12-01", name: "site", body } };
        models(all).service_url = "https://${azapi_resource.site.output.properties.defaultHostName}";
      },
      ["sign-in-not-required site", "tls-too-old site"],
    ],
    [
      "a container app of azapi",
      (all) => {
        all.azapi_resource = { app: { type: "Microsoft.App/containerApps@2024-03-01", name: "app", body: {} } };
        models(all).service_url = "https://${azapi_resource.app.output.properties.configuration.ingress.fqdn}";
      },
      ["sign-in-not-required app"],
    ],
    [
      "a site of azapi with old TLS for publishing, FTP and the service tag",
      (all) => {
        const siteConfig = {
          scmMinTlsVersion: "1.0",
          ftpsState: "AllAllowed",
          ipSecurityRestrictions: [{ action: "Allow", tag: "ServiceTag", ipAddress: "ApiManagement" }],
        };
        all.azapi_resource = {
          site: { type: "Microsoft.Web/sites@2023-12-01", name: "site", body: { properties: { siteConfig } } },
        };
        models(all).service_url = "https://site.azurewebsites.net";
      },
      ["sign-in-not-required site", "password-publishing site", "tls-too-old site", "service-tag-restriction site"],
    ],
    [
      "a client secret in the registration itself",
      (all) => void (all.azuread_application.orders.password = [{ display_name: "old" }]),
      ["key-instead-of-identity orders"],
    ],
    [
      "a fragment with the identity, before the validation",
      (all) => {
        withFragment(all, WRITTEN.token);
        ordersPolicy(all).xml_content = policy("<base />", INCLUDE, WRITTEN.validation, ROUTE);
      },
      ["identity-before-validation orders"],
    ],
    [
      "a fragment with the validation, after the identity",
      (all) => {
        withFragment(all, WRITTEN.validation);
        ordersPolicy(all).xml_content = policy("<base />", ROUTE, WRITTEN.token, INCLUDE);
      },
      ["identity-before-validation orders"],
    ],
    [
      "a fragment with the identity, for all APIs of a product",
      (all) => {
        withFragment(all, WRITTEN.token);
        all.azurerm_api_management_product_policy.partners.xml_content = policy("<base />", INCLUDE);
      },
      ["identity-outside-api partners"],
    ],
    [
      "a fragment with the validation, after a cache",
      (all) => {
        withFragment(all, WRITTEN.validation);
        const cache = '<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" />';
        ordersPolicy(all).xml_content = policy("<base />", cache, INCLUDE, ROUTE, WRITTEN.token);
      },
      ["cache-before-validation orders"],
    ],
    ["a sign-in for each of nothing", withAzapi({ for_each: {} }), ["sign-in-not-required orders"]],
    [
      "a sign-in of a slot, by its path",
      withAzapi({
        type: "Microsoft.Web/sites/slots/config@2023-12-01",
        parent_id: "${azurerm_linux_web_app.orders.id}/slots/staging",
      }),
      ["sign-in-not-required orders"],
    ],
    [
      "a body that is JSON in a local",
      (all, stack) => {
        stack.locals = { body: JSON.stringify(bodyOf(false)) };
        withAzapi({ body: "${local.body}" })(all, stack);
      },
      ["sign-in-not-required signIn"],
    ],
    [
      "a sign-in of an app that is a data source",
      (all, stack) => {
        stack.data = { azurerm_linux_web_app: { existing: { name: "existing" } } };
        models(all).service_url = "https://${data.azurerm_linux_web_app.existing.default_hostname}";
        const type = "Microsoft.Web/sites/config@2023-12-01";
        const parent = "${data.azurerm_linux_web_app.existing.id}";
        all.azapi_update_resource = {
          signIn: { type, name: "authsettingsV2", parent_id: parent, body: bodyOf(false) },
        };
      },
      ["sign-in-not-required signIn"],
    ],
    [
      "a function key in a local",
      (all, stack) => {
        stack.locals = { query: "?code=abc" };
        models(all).service_url = "https://models.openai.azure.com/openai${local.query}";
      },
      ["key-instead-of-identity models"],
    ],
    [
      "the service tag, beside a dynamic block",
      (all) => {
        site(all).site_config.ip_restriction = [{ service_tag: "ApiManagement" }];
        site(all).site_config.dynamic = { ip_restriction: { for_each: "${var.ranges}", content: {} } };
      },
      ["service-tag-restriction orders"],
    ],
    [
      "a role on a resource group, by its path",
      (all, stack) => {
        stack.data = { azurerm_subscription: { current: {} } };
        role(all).scope = "${data.azurerm_subscription.current.id}/resourceGroups/${var.group}";
      },
      ["role-too-wide models"],
    ],
    [
      "a role by its definition",
      (all, stack) => {
        stack.data = { azurerm_role_definition: { contributor: { name: "Contributor" } } };
        delete role(all).role_definition_name;
        role(all).role_definition_id = "${data.azurerm_role_definition.contributor.id}";
      },
      ["role-too-wide models"],
    ],
    [
      "a role by its ID in a subscription that is not known",
      (all) => {
        delete role(all).role_definition_name;
        role(all).role_definition_id =
          "/subscriptions/${var.id}/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c";
      },
      ["role-too-wide models"],
    ],
    [
      "a policy in a workspace",
      (all) => {
        const type = "Microsoft.ApiManagement/service/workspaces/apis/policies@2024-05-01";
        const body = { properties: { value: policy(WRITTEN.validation, WRITTEN.token) } };
        all.azapi_resource = { workspace: { type, name: "policy", body } };
      },
      ["inbound-without-base workspace"],
    ],
    [
      "keys of a service whose name has a variable",
      (all) => {
        all.azurerm_storage_account = { files: { name: "st${var.stage}" } };
        models(all).service_url = "https://st${var.stage}.blob.core.windows.net";
      },
      ["local-keys-enabled files"],
    ],
  ])("%s", (_, change, expected) => {
    expect(judgedAfter(change).violated).toEqual(expected);
  });
});

describe("what could be open is not judged, and never passes", () => {
  const policyWith = (...inbound: string[]): Change => {
    return (all) => void (ordersPolicy(all).xml_content = policy(...inbound));
  };

  test.each<[string, Change, string]>([
    [
      "a sign-in that is created on a condition",
      withAzapi({ count: "${var.on ? 1 : 0}" }),
      "sign-in-not-required signIn",
    ],
    ["a body that only Terraform encodes", withAzapi({ body: "${jsonencode({})}" }), "sign-in-not-required signIn"],
    [
      "ignore_changes in a body",
      withAzapi({ lifecycle: { ignore_changes: ["body.properties.platform"] } }),
      "sign-in-not-required signIn",
    ],
    [
      "an app of a module",
      (all) => void (all.azurerm_api_management_backend.orders.url = "https://${module.app.host}"),
      "sign-in-not-required orders",
    ],
    [
      "an app that is a data source",
      (all, stack) => {
        stack.data = { azurerm_linux_web_app: { existing: { name: "existing" } } };
        models(all).service_url = "https://${data.azurerm_linux_web_app.existing.default_hostname}";
      },
      "sign-in-not-required models",
    ],
    ...[
      "https://elsewhere.azurewebsites.net",
      "https://elsewhere-a1b2.westeurope-01.azurewebsites.net",
      "https://web-${var.stage}.azurewebsites.net/api",
      "https://web-${azurerm_resource_group.group.location}.azurewebsites.net",
      "https://elsewhere.calm-1.westeurope.azurecontainerapps.io",
      "https://elsewhere.${data.azurerm_container_app_environment.apps.default_domain}",
    ].map((address): [string, Change, string] => [
      `an app elsewhere at ${address}`,
      (all) => void (models(all).service_url = address),
      "sign-in-not-required models",
    ]),
    ["an endpoint of a variable", (all) => void (models(all).service_url = "${var.endpoint}"), "http-backend models"],
    [
      "an endpoint in a condition",
      (all) => {
        models(all).service_url = '${azurerm_cognitive_account.models.endpoint == "" ? "http://a" : "https://b"}';
      },
      "http-backend models",
    ],
    [
      "credentials in a dynamic block",
      (all) => {
        const block = { for_each: "${var.keys}", content: { header: { "x-functions-key": "key" } } };
        all.azurerm_api_management_backend.orders.dynamic = { credentials: block };
      },
      "key-instead-of-identity orders",
    ],
    [
      "headers of a variable",
      (all) => void (all.azurerm_api_management_backend.orders.credentials = { header: "${var.headers}" }),
      "key-instead-of-identity orders",
    ],
    [
      "another identity provider in a dynamic block",
      (all) => void (signIn(all).dynamic = { google_v2: { for_each: "${var.google}", content: {} } }),
      "allow-list-empty orders",
    ],
    [
      "a scope that a function chooses",
      (all) => void (role(all).scope = "${coalesce(var.scope, azurerm_cognitive_account.models.id)}"),
      "role-too-wide models",
    ],
    [
      "a policy with a condition of Terraform's",
      policyWith("%{ if var.inherits }<base />%{ endif }", WRITTEN.validation, ROUTE, WRITTEN.token),
      "policy-unreadable orders",
    ],
    [
      "policies that only Terraform knows",
      policyWith("${var.inbound}", WRITTEN.validation, ROUTE, WRITTEN.token),
      "inbound-without-base orders",
    ],
    [
      "Authorization set to what the consumer sent",
      policyWith(
        "<base />",
        WRITTEN.validation,
        ROUTE,
        '<set-header name="Authorization" exists-action="override"><value>@(context.Request.Headers["Authorization"][0])</value></set-header>',
      ),
      "caller-authorization-forwarded orders",
    ],
    [
      "a policy that is read from an address",
      (all) => {
        const properties = { format: "rawxml-link", value: "https://contoso.com/policy.xml" };
        all.azapi_resource = {
          link: {
            type: "Microsoft.ApiManagement/service/apis/policies@2024-05-01",
            name: "policy",
            body: { properties },
          },
        };
      },
      "policy-unreadable link",
    ],
  ])("%s", (_, change, expected) => {
    const { violated, unknown } = judgedAfter(change);
    expect(violated).toEqual([]);
    expect(unknown).toContain(expected);
  });
});

describe("what is closed is not reported", () => {
  test.each<[string, Change]>([
    ["a closed sign-in of azapi", withAzapi({})],
    [
      "a closed body that is JSON in a local",
      (all, stack) => {
        stack.locals = { body: JSON.stringify(bodyOf(true)) };
        withAzapi({ body: "${local.body}" })(all, stack);
      },
    ],
    [
      "an open app with the count of a local that is 0",
      (all, stack) => {
        stack.locals = { apps: 0 };
        site(all).count = "${local.apps}";
        signIn(all).auth_enabled = false;
        delete all.azurerm_linux_web_app_slot;
      },
    ],
    [
      "a service tag that is denied",
      (all) => void (site(all).site_config.ip_restriction = [{ action: "Deny", service_tag: "ApiManagement" }]),
    ],
    [
      "another cloud of a provider that nothing here uses",
      (_, stack) => {
        stack.provider.azurerm = [{ features: [{}] }, { alias: "gov", environment: "usgovernment", features: [{}] }];
      },
    ],
    [
      "an endpoint without its last slash",
      (all) => {
        models(all).service_url = '${trimsuffix(azurerm_cognitive_account.models.endpoint, "/")}/openai';
      },
    ],
    [
      "a role on one resource in a group",
      (all) => {
        role(all).scope = "${azurerm_resource_group.group.id}/providers/Microsoft.Storage/storageAccounts/files";
      },
    ],
  ])("%s", (_, change) => {
    expect(judgedAfter(change).violated).toEqual([]);
  });
});

describe.each([2, 6])("references that lead to %i others each time", (width) => {
  const times = (of: string): string => Array<string>(width).fill(of).join("-");
  const STATE = "data.terraform_remote_state.cross-stack-reference-input-orders.outputs";

  test.each<[string, (count: number) => Change]>([
    [
      "locals",
      (count) => (all, stack) => {
        const names = Array.from({ length: count }, (_, at) => at);
        stack.locals = Object.fromEntries(names.map((at) => [`l${at}`, times(`\${local.l${at + 1}}`)]));
        stack.locals[`l${count}`] = "x";
        models(all).service_url = "${local.l0}";
        models(all).name = "${local.l0}";
      },
    ],
    [
      "outputs",
      (count) => (all, stack) => {
        const names = Array.from({ length: count }, (_, at) => at);
        stack.output = Object.fromEntries(
          names.map((at) => [`o${at}`, { value: times(`\${${STATE}.o${at + 1}}${"${var.a}"}`) }]),
        );
        models(all).service_url = `\${${STATE}.o0}`;
        models(all).name = `\${${STATE}.o0}`;
      },
    ],
  ])("%s end, after as much work for each, however many there are", (_, change) => {
    expect(judgedAfter(change(40)).unknown).toContain("http-backend models");
    const [some, more] = [20, 40].map((count) => workOf(() => judgedAfter(change(count))));
    expect(more / some).toBeLessThan(2);
  });
});

test("strings and expressions in each other end", () => {
  const { violated } = judgedAfter((all) => void (models(all).service_url = '${"'.repeat(30_000)));
  expect(violated).toEqual([]);
});
