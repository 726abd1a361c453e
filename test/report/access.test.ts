import { Json } from "../helpers/synth";
import { policy, WRITTEN, writtenStack } from "../rules/written-stack";
import { accessOf, barriersOf, reportAfter, reportOf } from "./reported";

/** What is changed in the app, and what its barriers of a kind say then. */
const OF_APP: readonly (readonly [
  what: string,
  kind: string,
  change: (app: Json, all: Json) => void,
  barriers: string[],
])[] = [
  ["no sign-in", "sign-in", (app) => void delete app.auth_settings_v2, ["open: It has no Entra sign-in."]],
  [
    "sign-in that lets in requests without a token",
    "sign-in",
    (app) => void (app.auth_settings_v2[0].unauthenticated_action = "AllowAnonymous"),
    ["open: auth_settings_v2.unauthenticated_action is AllowAnonymous, so requests without a token reach the app."],
  ],
  [
    "sign-in that redirects",
    "sign-in",
    (app) => void (app.auth_settings_v2[0].unauthenticated_action = "RedirectToLoginPage"),
    ["closed: A request without a valid token gets a redirect to a sign-in page."],
  ],
  [
    "sign-in that only Terraform knows",
    "sign-in",
    (app) => void (app.auth_settings_v2[0].auth_enabled = "${var.on}"),
    ["unknown: Whether a request needs a token is not known: auth_settings_v2.auth_enabled."],
  ],
  [
    "paths without sign-in",
    "excluded paths",
    (app) => void (app.auth_settings_v2[0].excluded_paths = ["/health", "/live"]),
    ["open: No sign-in on /health and /live."],
  ],
  [
    "an empty list",
    "allow-list",
    (app) => void (app.auth_settings_v2[0].active_directory_v2.allowed_identities = []),
    ["open: No list says who may call."],
  ],
  [
    "a list that only Terraform knows",
    "allow-list",
    (app) => void (app.auth_settings_v2[0].active_directory_v2.allowed_identities = "${var.callers}"),
    ["unknown: Who may call is not known: auth_settings_v2.active_directory_v2.allowed_identities."],
  ],
  [
    "another identity provider",
    "allow-list",
    (app) => void (app.auth_settings_v2[0].google_v2 = { client_id: "a" }),
    ["open: Accounts of another identity provider get in: auth_settings_v2.google_v2."],
  ],
  [
    "tokens for those who are assigned only",
    "role",
    (_, all) =>
      void (all.azuread_service_principal = {
        orders: { client_id: "${azuread_application.orders.client_id}", app_role_assignment_required: true },
      }),
    ["closed: Entra ID gives tokens for the registration orders only to those who are assigned to it."],
  ],
  [
    "a private endpoint",
    "network",
    (app, all) => {
      app.public_network_access_enabled = false;
      all.azurerm_private_endpoint = {
        orders: {
          private_service_connection: { private_connection_resource_id: "${azurerm_linux_web_app.orders.id}" },
        },
      };
    },
    ["closed: Network: private endpoint only."],
  ],
  [
    "listed addresses",
    "network",
    (app) => void (app.site_config.ip_restriction_default_action = "Deny"),
    ["closed: Network: listed addresses and subnets."],
  ],
  ["no redirection to TLS", "transport", (app) => void delete app.https_only, ["open: It also answers without TLS."]],
  [
    "publishing with a password",
    "publishing",
    (app) => {
      app.webdeploy_publish_basic_authentication_enabled = true;
      app.site_config.scm_ip_restriction_default_action = "Deny";
    },
    ["closed: The SCM site answers to listed addresses only.", "open: Code can be published with a password."],
  ],
  [
    "a slot without sign-in",
    "slots",
    (_, all) => void delete all.azurerm_linux_web_app_slot.staging.auth_settings_v2,
    ["open: A slot lets others in: staging."],
  ],
  [
    "closed slots",
    "slots",
    () => undefined,
    ["closed: Its slots let in only those whom their own lists name: staging."],
  ],
];

test.each(OF_APP)("an app with %s", (_, kind, change, barriers) => {
  const report = reportAfter((all) => change(all.azurerm_linux_web_app.orders, all));
  expect(barriersOf(report, "orders", kind, "app")).toEqual(barriers);
});

test("who gets into an app", () => {
  const admits = (change: (app: Json) => void): readonly string[] =>
    accessOf(
      reportAfter((all) => change(all.azurerm_linux_web_app.orders)),
      "orders",
      "app",
    ).admits;
  expect(admits(() => undefined)).toEqual(["the system-assigned identity of gateway"]);
  expect(admits((app) => void delete app.auth_settings_v2)).toEqual(["everyone who knows its address"]);
  expect(admits((app) => void (app.auth_settings_v2[0].excluded_paths = ["/health"]))).toEqual([
    "the system-assigned identity of gateway",
    "everyone, on /health",
  ]);
  expect(admits((app) => void (app.auth_settings_v2[0].active_directory_v2.allowed_identities = []))).toEqual([
    "every app and user of the tenant that gets a token for it",
  ]);
});

/** What is in the policy of the API, and what its barriers of a kind say then. */
const OF_API: readonly (readonly [what: string, kind: string, inbound: string[], barriers: string[]])[] = [
  [
    "a validation",
    "sign-in",
    [WRITTEN.validation],
    ["closed: A request without a valid token of the tenant 11111111-2222-3333-4444-555555555555 gets 401."],
  ],
  [
    "a validation under a condition",
    "sign-in",
    [`<choose><when condition="@(true)">${WRITTEN.validation}</when></choose>`],
    [
      "open: Tokens are validated for some requests only.",
      "unknown: Requests under a condition need a valid token of the tenant 11111111-2222-3333-4444-555555555555.",
    ],
  ],
  [
    "a list of addresses",
    "network",
    ['<ip-filter action="allow"><address>10.0.0.1</address></ip-filter>'],
    ["closed: Only the listed addresses may call.", "open: The gateway answers on the internet."],
  ],
  [
    "a required header",
    "network",
    ['<check-header name="X-Azure-FDID" failed-check-httpcode="403"><value>abc</value></check-header>'],
    [
      "closed: A request needs the header X-Azure-FDID with the right value, or it gets 403.",
      "open: The gateway answers on the internet.",
    ],
  ],
  [
    "a client certificate",
    "sign-in",
    ['<validate-client-certificate validate-trust="true" />'],
    ["open: The gateway asks for no token.", "closed: A request needs a client certificate that the policy accepts."],
  ],
];

test.each(OF_API)("an API with %s", (_, kind, inbound, barriers) => {
  const report = reportAfter(
    (all) => void (all.azurerm_api_management_api_policy.orders.xml_content = policy("<base />", ...inbound)),
  );
  expect(barriersOf(report, "orders", kind, "api")).toEqual(barriers);
});

test("a gateway in a virtual network does not answer on the internet", () => {
  const report = reportAfter((all) => void (all.azurerm_api_management.gateway.virtual_network_type = "Internal"));
  expect(barriersOf(report, "orders", "network", "api")).toEqual([
    "closed: The gateway does not answer on the internet.",
  ]);
});

test("an API of a gateway that is only looked up", () => {
  const { azurerm_api_management: declared, ...resource } = writtenStack().resource;
  const json = JSON.stringify({ resource }).replace(/\$\{azurerm_api_management\./g, "${data.azurerm_api_management.");
  const report = reportOf({ orders: { ...JSON.parse(json), data: { azurerm_api_management: declared } } });
  expect(barriersOf(report, "orders", "network", "api")).toEqual([
    "elsewhere: The network of the gateway is not in this configuration.",
  ]);
  expect(report.leftToOperator.map(({ what }) => what)).toContain(
    "Check the network, the TLS settings and the global policy of the gateway gateway, and that it has the identity that the apps let in.",
  );
});

test("who gets into a service, and what stops the others", () => {
  const open = reportAfter((all) => void delete all.azurerm_cognitive_account.models.local_auth_enabled);
  expect(accessOf(open, "models", "service").admits).toEqual([
    "the system-assigned identity of gateway, as Cognitive Services OpenAI User",
    "those whom role assignments elsewhere name",
    "everyone who has a key of it",
  ]);
  expect(barriersOf(open, "models", "keys", "service")).toEqual([
    "open: It accepts keys: everyone who has one gets in without an identity.",
  ]);
  const none = reportAfter((all) => void delete all.azurerm_role_assignment);
  expect(barriersOf(none, "models", "role", "service")).toEqual([
    "elsewhere: No role on it is assigned in this configuration.",
  ]);
  expect(none.leftToOperator.map(({ what }) => what)).toContain(
    "Assign the system-assigned identity of gateway a role on models.",
  );
});
