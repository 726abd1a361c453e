import { Json } from "../helpers/synth";
import { policy, WRITTEN, writtenStack } from "../rules/written-stack";
import { accessOf, barriersOf, callLines, reportAfter, reportOfFiles } from "./reported";

const GATEWAY = "${azurerm_api_management.gateway.name}";
const CHOSEN = '<set-backend-service backend-id="orders" />';
const KEY = "a key of the API or all APIs";
const APPLICATION = "the application 66666666-7777-8888-9999-000000000000";
const IDENTITY = "the system-assigned identity of gateway";
const PERHAPS_EVERYONE = "perhaps everyone: whether a request needs a token is not known";
const PERHAPS_THE_TENANT =
  "perhaps every app and user of the tenant that gets a token for it: who may call is not known";
const PERHAPS_OTHERS = "perhaps accounts of other identity providers: which ones there are is not known";
const PERHAPS_ON_PATHS = "perhaps everyone, on paths without sign-in that are not known";

/** What is changed in the sign-in of an app that stays the same to the eye, and who gets in then. */
const APPS: readonly (readonly [what: string, change: (app: Json, signIn: Json) => void, admits: string[]])[] = [
  [
    "sign-in that a variable turns on",
    (_, signIn) => void (signIn.require_authentication = "${var.on}"),
    [PERHAPS_EVERYONE, IDENTITY],
  ],
  [
    "a list that the lifecycle ignores",
    (app) => {
      app.lifecycle = { ignore_changes: ["auth_settings_v2[0].active_directory_v2[0].allowed_identities"] };
    },
    [PERHAPS_THE_TENANT],
  ],
  [
    "sign-in that the lifecycle ignores",
    (app) => void (app.lifecycle = { ignore_changes: ["auth_settings_v2"] }),
    [PERHAPS_EVERYONE, PERHAPS_THE_TENANT, PERHAPS_OTHERS, PERHAPS_ON_PATHS],
  ],
  [
    "sign-in in a dynamic block",
    (app) => {
      app.dynamic = { auth_settings_v2: { for_each: "${var.sign_ins}", content: app.auth_settings_v2[0] } };
      delete app.auth_settings_v2;
    },
    [PERHAPS_EVERYONE, PERHAPS_THE_TENANT, PERHAPS_OTHERS, PERHAPS_ON_PATHS],
  ],
  [
    "another identity provider",
    (_, signIn) => void (signIn.google_v2 = { client_id: "a" }),
    [IDENTITY, "accounts of google"],
  ],
  [
    "another identity provider that a variable adds",
    (_, signIn) => {
      signIn.dynamic = { google_v2: { for_each: "${var.google}", content: {} } };
    },
    [IDENTITY, PERHAPS_OTHERS],
  ],
  ["an identity provider that is turned off", (_, signIn) => void (signIn.google_v2 = { enabled: false }), [IDENTITY]],
  ["paths of a variable", (_, signIn) => void (signIn.excluded_paths = "${var.paths}"), [IDENTITY, PERHAPS_ON_PATHS]],
  [
    "an application besides the identity",
    (_, signIn) => {
      signIn.active_directory_v2.allowed_applications = ["aaaaaaaa-2222-3333-4444-555555555555"];
    },
    [`${IDENTITY}, with tokens of the application aaaaaaaa-2222-3333-4444-555555555555`],
  ],
  [
    "no list, and tokens of any tenant",
    (_, signIn) => {
      signIn.active_directory_v2.allowed_identities = [];
      signIn.active_directory_v2.tenant_auth_endpoint = "https://login.microsoftonline.com/common/v2.0";
    },
    ["every app and user of any tenant that gets a token for it"],
  ],
];

test.each(APPS)("who gets into an app with %s", (_, change, admits) => {
  const report = reportAfter(({ azurerm_linux_web_app: { orders } }) => change(orders, orders.auth_settings_v2[0]));
  expect(accessOf(report, "orders", "app").admits).toEqual(admits);
});

const ANY_TENANT = "open: The token can be of any tenant of Entra ID.";

/** The same, and what one of its barriers says then. */
const BARRIERS: readonly (readonly [
  what: string,
  kind: string,
  change: (app: Json, all: Json) => void,
  barriers: readonly string[],
])[] = [
  ...["common", "organizations", "consumers"].map(
    (tenant) =>
      [
        `the issuer ${tenant}`,
        "issuer",
        (app: Json) => {
          app.auth_settings_v2[0].active_directory_v2.tenant_auth_endpoint = `https://login.microsoftonline.com/${tenant}/v2.0`;
        },
        [ANY_TENANT],
      ] as const,
  ),
  [
    "the issuer of a variable",
    "issuer",
    (app) => {
      app.auth_settings_v2[0].active_directory_v2.tenant_auth_endpoint = "${var.issuer}";
    },
    ["unknown: The tenant that a token must be of is not known."],
  ],
  [
    "audiences of a variable",
    "audience",
    (app) => {
      app.auth_settings_v2[0].active_directory_v2.allowed_audiences = "${var.audiences}";
    },
    ["unknown: The API that a token must be for is not known."],
  ],
  [
    "a list that anonymous requests pass",
    "allow-list",
    (app) => {
      app.auth_settings_v2[0].unauthenticated_action = "AllowAnonymous";
    },
    [`open: The list stops only requests that have a token. It names ${IDENTITY}.`],
  ],
  ...[
    { ip_address: "0.0.0.0/0" },
    { ip_address: "128.0.0.0/1", action: "Allow" },
    { ip_address: "Any" },
    { service_tag: "Internet" },
  ].map(
    (rule) =>
      [
        `the rule ${JSON.stringify(rule)}`,
        "network",
        ({ site_config: site }: Json) => {
          site.ip_restriction_default_action = "Deny";
          site.ip_restriction = [rule];
        },
        ["open: It answers on the internet: a rule lets every address in."],
      ] as const,
  ),
  [
    "a rule that asks for a header",
    "network",
    ({ site_config: site }) => {
      site.ip_restriction_default_action = "Deny";
      site.ip_restriction = [{ ip_address: "0.0.0.0/0", headers: { x_azure_fdid: ["a"] } }];
    },
    ["closed: Network: listed addresses and subnets."],
  ],
  [
    "rules for addresses, and no denial of the others",
    "network",
    ({ site_config: site }) => {
      site.ip_restriction = [{ ip_address: "10.0.0.0/8", action: "Allow" }];
    },
    ["open: It answers on the internet: it has rules for addresses, but lets in the addresses that no rule names."],
  ],
  [
    "an SCM site with the rules of an open app",
    "publishing",
    ({ site_config: site }) => {
      site.scm_use_main_ip_restriction = true;
    },
    [
      "open: The SCM site answers on the internet, to those who sign in.",
      "closed: Nobody publishes code with a password.",
    ],
  ],
  [
    "an SCM site with a rule for everyone",
    "publishing",
    ({ site_config: site }) => {
      site.scm_ip_restriction_default_action = "Deny";
      site.scm_ip_restriction = [{ ip_address: "0.0.0.0/0" }];
    },
    [
      "open: The SCM site answers on the internet, to those who sign in.",
      "closed: Nobody publishes code with a password.",
    ],
  ],
  [
    "a slot with another identity provider",
    "slots",
    (_, { azurerm_linux_web_app_slot: { staging } }) => {
      staging.auth_settings_v2.google_v2 = { client_id: "a" };
    },
    ["open: A slot lets others in: staging."],
  ],
  [
    "a slot with a path without sign-in",
    "slots",
    (_, { azurerm_linux_web_app_slot: { staging } }) => {
      staging.auth_settings_v2.excluded_paths = ["/health"];
    },
    ["open: A slot lets others in: staging."],
  ],
];

test.each(BARRIERS)("an app with %s", (_, kind, change, barriers) => {
  const report = reportAfter((all) => change(all.azurerm_linux_web_app.orders, all));
  expect(barriersOf(report, "orders", kind, "app")).toEqual(barriers);
});

test("azapi can open what azurerm closes", () => {
  const report = reportAfter((all) => {
    all.azapi_update_resource = {
      open: {
        type: "Microsoft.Web/sites/config@2023-12-01",
        resource_id: "${azurerm_linux_web_app.orders.id}/config/authsettingsV2",
        body: { properties: { globalValidation: { unauthenticatedClientAction: "AllowAnonymous" } } },
      },
    };
  });
  expect(accessOf(report, "orders", "app").admits).toEqual(["everyone who knows its address"]);
});

test("a file that overrides opens what the first one closes", () => {
  const files = [
    { path: "main.tf.json", json: writtenStack() },
    {
      path: "open_override.tf.json",
      json: { resource: { azurerm_linux_web_app: { orders: { auth_settings_v2: [{ auth_enabled: false }] } } } },
    },
  ];
  const report = reportOfFiles(files);
  expect(accessOf(report, "orders", "app").admits).toEqual(["everyone who knows its address"]);
});

/** The ids of what the rules refuse in the written stack and a second file. */
function refusedIn(change: (stack: Json) => void, second: Json): string[] {
  const stack = writtenStack();
  change(stack);
  const files = [
    { path: "main.tf.json", json: stack },
    { path: "second.tf.json", json: second },
  ];
  return reportOfFiles(files).findings.map(({ rule }) => rule);
}

describe("a second file counts as much as the first one", () => {
  test("for a local", () => {
    const change = (stack: Json): void => {
      stack.locals = { stage: "test" };
      stack.resource.azurerm_linux_web_app.orders.site_config.minimum_tls_version = "${local.tls}";
    };
    expect(refusedIn(change, { locals: { tls: "1.0" } })).toEqual(["tls-too-old"]);
  });

  test("for the cloud of the provider", () => {
    const change = (stack: Json): void => {
      stack.provider = { azurerm: { alias: "hub", features: {} } };
    };
    const second = { provider: { azurerm: { environment: "china", features: {} } } };
    expect(refusedIn(change, second)).toContain("issuer-of-other-cloud");
  });
});

const JWT = (attributes: string, ...content: string[]): string =>
  `<validate-jwt header-name="Authorization" ${attributes}><openid-config url="https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0/.well-known/openid-configuration" />${content.join("")}</validate-jwt>`;
const EVERYONE = [`everyone who has ${KEY}`];
const REPLACED =
  "open: The gateway writes Authorization before it validates the token, so it can validate its own instead of the caller's.";

/** What is changed around the validation of an API, who gets in then, and what is said of tokens. */
const APIS: readonly (readonly [what: string, change: (all: Json) => void, admits: string[], signIn: string[]])[] = [
  [
    "an operation that does not inherit the policy",
    ofOperation(policy('<set-variable name="a" value="b" />')),
    [`${APPLICATION} and ${KEY}`, `everyone who has ${KEY}, for the operation get`],
    ["open: No token is validated for the operation get, whose policy does not inherit that of the API."],
  ],
  [
    "an operation with a validation of its own",
    ofOperation(policy(WRITTEN.validation.replace("66666666", "77777777"))),
    [
      `${APPLICATION} and ${KEY}`,
      `the application 77777777-7777-8888-9999-000000000000 and ${KEY}, for the operation get`,
    ],
    [
      "closed: A request without a valid token of the tenant 11111111-2222-3333-4444-555555555555 gets 401.",
      "unknown: Requests of some operations need a valid token of the tenant 11111111-2222-3333-4444-555555555555.",
    ],
  ],
  [
    "an operation whose policy the lifecycle ignores",
    (all) => {
      all.azurerm_api_management_api_operation_policy.get.lifecycle = { ignore_changes: ["xml_content"] };
    },
    [`${APPLICATION} and ${KEY}`, `perhaps everyone who has ${KEY}, for the operation get`],
    [
      "unknown: Whether a token is validated for the operation get is not known, because the policy there cannot be read.",
    ],
  ],
  [
    "a policy that a variable creates",
    (all) => {
      all.azurerm_api_management_api_policy.orders.count = "${var.validate ? 1 : 0}";
    },
    EVERYONE,
    [
      "unknown: Whether tokens are validated is not known: Terraform may not create the policy that does.",
      "unknown: If Terraform creates the policy, requests need a valid token of the tenant 11111111-2222-3333-4444-555555555555.",
    ],
  ],
  [
    "tokens that nobody has signed",
    inbound("<base />", JWT('require-signed-tokens="false"'), CHOSEN, WRITTEN.token),
    EVERYONE,
    [
      "open: Tokens are validated, but that stops nobody.",
      "open: The policy accepts tokens that nobody has signed, so everyone can write one.",
    ],
  ],
  [
    "tokens without an end",
    inbound("<base />", JWT('require-expiration-time="false"'), CHOSEN, WRITTEN.token),
    [`everyone who gets a token of the tenant 11111111-2222-3333-4444-555555555555 and ${KEY}`],
    [
      "closed: A request without a valid token of the tenant 11111111-2222-3333-4444-555555555555 gets 401.",
      "open: Tokens that never expire are accepted.",
    ],
  ],
  [
    "a token of the gateway before the validation",
    inbound("<base />", WRITTEN.token, WRITTEN.validation, CHOSEN),
    EVERYONE,
    ["open: Tokens are validated, but that stops nobody.", REPLACED],
  ],
  [
    "a header that the policy of all APIs sets",
    (all) => {
      all.azurerm_api_management_policy.all.xml_content = policy(
        '<set-header name="Authorization" exists-action="skip"><value>{{token}}</value></set-header>',
      );
    },
    EVERYONE,
    ["open: Tokens are validated, but that stops nobody.", REPLACED],
  ],
  [
    "applications that are the backend's",
    inbound("<base />", WRITTEN.validation.replace(/client-app/g, "backend-app"), CHOSEN, WRITTEN.token),
    [
      `everyone who gets a token of the tenant 11111111-2222-3333-4444-555555555555 for 66666666-7777-8888-9999-000000000000 and ${KEY}`,
    ],
    ["closed: A request without a valid token of the tenant 11111111-2222-3333-4444-555555555555 gets 401."],
  ],
  [
    "an application that the request names",
    inbound(
      "<base />",
      WRITTEN.validation.replace(/66666666[-0-9]*/, '@(context.Request.Headers.GetValueOrDefault("X-App",""))'),
      CHOSEN,
      WRITTEN.token,
    ),
    [`the application that the policy computes and ${KEY}`],
    ["closed: A request without a valid token of the tenant 11111111-2222-3333-4444-555555555555 gets 401."],
  ],
  [
    "a certificate that need not be valid",
    inbound("<base />", '<validate-client-certificate ignore-error="true" />', CHOSEN, WRITTEN.token),
    EVERYONE,
    [
      "open: The gateway asks for no token.",
      "open: The policy looks at the client certificate, but can let requests in without one.",
    ],
  ],
];

test.each(APIS)("an API with %s", (_, change, admits, signIn) => {
  const report = reportAfter(change);
  expect(accessOf(report, "orders", "api").admits).toEqual(admits);
  expect(barriersOf(report, "orders", "sign-in", "api")).toEqual(signIn);
});

test.each([
  ["of any tenant", 'tenant-id="organizations"', ANY_TENANT],
  [
    "of a tenant that the request names",
    'tenant-id="@(context.Request.Headers.GetValueOrDefault(&quot;X-Tenant&quot;))"',
    "unknown: The tenant that the token must be of is not known: the policy computes it.",
  ],
])("an API that accepts tokens %s", (_, tenant, barrier) => {
  const validation = WRITTEN.validation.replace(/tenant-id="[^"]*"/, tenant);
  const report = reportAfter(inbound("<base />", validation, CHOSEN, WRITTEN.token));
  expect(barriersOf(report, "orders", "issuer", "api")).toEqual([barrier]);
});

test("code that computes who may call is no list", () => {
  const validation = WRITTEN.validation.replace(
    /66666666[-0-9]*/,
    '@(context.Variables.GetValueOrDefault<string>("app"))',
  );
  const report = reportAfter(inbound("<base />", validation, CHOSEN, WRITTEN.token));
  expect(barriersOf(report, "orders", "allow-list", "api")).toEqual([
    "unknown: Who may call is not known: the policy computes it.",
  ]);
});

test("a header of any value and all addresses stop nobody", () => {
  const report = reportAfter(
    inbound(
      "<base />",
      '<check-header name="X-Key" failed-check-httpcode="403" failed-check-error-message="No" ignore-case="true" />',
      '<ip-filter action="allow"><address-range from="0.0.0.0" to="255.255.255.255" /></ip-filter>',
      CHOSEN,
    ),
  );
  expect(barriersOf(report, "orders", "network", "api")).toEqual([
    "open: A request needs the header X-Key with any value, or it gets 403.",
    "open: All addresses may call.",
    "open: The gateway answers on the internet.",
  ]);
});

/** Products that ask for no key, written in other ways. */
const PRODUCTS: readonly (readonly [what: string, resources: Json, admits: string, barrier: string])[] = [
  [
    "a product of azapi",
    {
      azapi_resource: {
        product: {
          type: "Microsoft.ApiManagement/service/products@2024-05-01",
          name: "open",
          parent_id: "${azurerm_api_management.gateway.id}",
          body: { properties: { subscriptionRequired: false } },
        },
        link: {
          type: "Microsoft.ApiManagement/service/products/apiLinks@2024-05-01",
          name: "models",
          parent_id: "${azapi_resource.product.id}",
          body: { properties: { apiId: "${azurerm_api_management_api.models.id}" } },
        },
      },
    },
    "everyone, through the open product open",
    "open: The product open asks for no key.",
  ],
  [
    "a product of each API",
    {
      azurerm_api_management_product: {
        open: { product_id: "open", api_management_name: GATEWAY, subscription_required: false },
      },
      azurerm_api_management_product_api: {
        all: {
          for_each: "${var.apis}",
          api_name: "${each.value}",
          product_id: "${azurerm_api_management_product.open.product_id}",
          api_management_name: GATEWAY,
        },
      },
    },
    "not known: the configuration does not say it",
    "unknown: Whether a subscription key is needed is not known.",
  ],
  [
    "a product that is elsewhere",
    {
      azurerm_api_management_product_api: {
        models: { api_name: "models", product_id: "open", api_management_name: GATEWAY },
      },
    },
    "not known: the configuration does not say it",
    "unknown: Whether a subscription key is needed is not known.",
  ],
];

test.each(PRODUCTS)("an API in %s", (_, resources, admits, barrier) => {
  const report = reportAfter((all) => void Object.assign(all, resources));
  expect(accessOf(report, "models", "api").admits).toEqual([admits]);
  expect(barriersOf(report, "models", "subscription", "api")).toEqual([barrier]);
});

test.each([
  ["a reference", "${azapi_resource.product.id}"],
  ["an ID", "${azurerm_api_management.gateway.id}/products/open"],
])("the policy of a product of azapi runs for its APIs, with %s", (_, parent) => {
  const [[, resources]] = PRODUCTS;
  const report = reportAfter((all) => {
    Object.assign(all, JSON.parse(JSON.stringify(resources)));
    all.azapi_resource.policy = {
      type: "Microsoft.ApiManagement/service/products/policies@2024-05-01",
      name: "policy",
      parent_id: parent,
      body: { properties: { format: "rawxml", value: policy("<base />", WRITTEN.validation) } },
    };
  });
  expect(barriersOf(report, "models", "sign-in", "api")).toEqual([
    "open: Tokens are validated for some requests only.",
    "unknown: Requests through a product need a valid token of the tenant 11111111-2222-3333-4444-555555555555.",
  ]);
});

test("another revision of an API has a row of its own", () => {
  const report = reportAfter((all) => {
    const common = { api_management_name: GATEWAY, xml_content: policy("<base />") };
    all.azurerm_api_management_api.next = {
      ...all.azurerm_api_management_api.orders,
      display_name: "Orders, next",
      revision: "2",
      subscription_required: false,
    };
    all.azurerm_api_management_api_policy.next = { api_name: "orders;rev=2", ...common };
  });
  expect(accessOf(report, "Orders, next", "api").admits).toEqual(["everyone"]);
  expect(accessOf(report, "orders", "api").admits).toEqual([`${APPLICATION} and ${KEY}`]);
});

test("a backend that the policy of all APIs chooses is that of each API", () => {
  const report = reportAfter((all) => {
    all.azurerm_api_management_policy.all.xml_content = policy(CHOSEN, WRITTEN.token);
    all.azurerm_api_management_api_policy.models.xml_content = policy("<base />");
  });
  expect(callLines(report)).toContain(`models -> orders: managed identity; ${IDENTITY}; the registration orders`);
  expect(callLines(report).some((line) => line.startsWith("models -> models"))).toBe(false);
});

test("an operation that does not inherit the policy calls the API's own address without a token", () => {
  const report = reportAfter((all) => {
    ofOperation(policy('<set-variable name="a" value="b" />'))(all);
    all.azurerm_api_management_api.orders.service_url = "https://old.example.com";
  });
  expect(callLines(report)).toContain("orders -> old.example.com: nothing");
});

test("what a policy asks while it runs is a call, with the identity that it shows", () => {
  const request = (content: string): string =>
    `<send-request mode="new" response-variable-name="answer"><set-url>https://rights.example.com/check?code=abc</set-url>${content}</send-request>`;
  const linesWith = (...content: string[]): string[] =>
    callLines(reportAfter(inbound("<base />", ...content, CHOSEN, WRITTEN.token))).filter((line) =>
      line.startsWith("orders -> rights.example.com"),
    );
  const identity = (more: string): string => `<authentication-managed-identity resource="https://rights"${more} />`;
  const header = (value: string): string =>
    `<set-header name="Authorization" exists-action="override"><value>${value}</value></set-header>`;
  const signedIn = [`orders -> rights.example.com: managed identity; ${IDENTITY}; https://rights`];
  expect(linesWith(request(identity("")))).toEqual(signedIn);
  const variable = identity(' output-token-variable-name="asking"');
  expect(linesWith(variable, request(header('@((string)context.Variables["asking"])')))).toEqual(signedIn);
  expect(linesWith(request(header("{{password}}")))).toEqual(["orders -> rights.example.com: key"]);
  expect(linesWith(request('<authentication-certificate thumbprint="a" />'))).toEqual([
    "orders -> rights.example.com: client certificate",
  ]);
  expect(linesWith(request(""))).toEqual(["orders -> rights.example.com: nothing"]);

  // The path and the query can be secrets.
  const { calls } = reportAfter(inbound("<base />", request("")));
  expect(calls.map(({ address }) => address)).toContain("https://rights.example.com");
});

test("what is no service with a known sign-in is not judged", () => {
  const report = reportAfter((all) => {
    all.azurerm_public_ip = { machine: { name: "machine" } };
    all.azurerm_api_management_api.models.service_url = "https://${azurerm_public_ip.machine.ip_address}";
  });
  const { admits, barriers } = accessOf(report, "machine", "service");
  expect(admits).toEqual(["not judged: the report does not know how it lets callers in"]);
  expect(barriers.map(({ state, text }) => `${state}: ${text}`)).toEqual([
    "unknown: Not judged: the report does not know how azurerm_public_ip lets callers in.",
  ]);
});

test("a container that everyone can read opens a storage account without keys", () => {
  const report = reportAfter((all) => {
    all.azurerm_storage_account = { files: { name: "files", shared_access_key_enabled: false } };
    all.azurerm_storage_container = {
      logos: {
        name: "logos",
        storage_account_id: "${azurerm_storage_account.files.id}",
        container_access_type: "blob",
      },
    };
    all.azurerm_api_management_api.models.service_url = "${azurerm_storage_account.files.primary_blob_endpoint}";
  });
  expect(accessOf(report, "files", "service").admits).toContain("everyone, to read the container logos");
  expect(barriersOf(report, "files", "sign-in", "service")).toEqual([
    "open: Everyone can read without a token: the container logos.",
  ]);
});

test("a role on the resource group is one on the service", () => {
  const report = reportAfter((all) => {
    all.azurerm_cognitive_account.models.resource_group_name = "${azurerm_resource_group.group.name}";
  });
  expect(accessOf(report, "models", "service").admits).toContain(
    "the principal 99999999-0000-0000-0000-000000000000, as Contributor on rg-orders",
  );
});

test("those whom an access policy names get into a key vault", () => {
  const report = reportAfter((all) => {
    all.azurerm_key_vault = { vault: { name: "vault", access_policy: [{ object_id: "team" }] } };
    all.azurerm_api_management_api.models.service_url = "${azurerm_key_vault.vault.vault_uri}";
  });
  expect(accessOf(report, "vault", "service").admits).toContain("the principal team, by an access policy");
  expect(barriersOf(report, "vault", "role", "service")).toEqual([
    "closed: A token needs an access policy of the key vault.",
  ]);
});

test("modules, and apps that no gateway calls, are said not to be in the report", () => {
  const { checked } = reportAfter((_, stack) => void (stack.module = { network: { source: "./network" } }));
  expect(checked.modules).toEqual(["network"]);
  expect(checked.cannotBeKnown.slice(0, 2)).toEqual([
    "What the module network creates, and who gets in there. The report reads no modules.",
    "Who gets into the app website. The report shows apps that a gateway calls.",
  ]);
});

test("a token for a URI of a registration is one for the registration", () => {
  const report = reportAfter((all) => {
    all.azuread_application.orders.identifier_uris = ["api://orders"];
    all.azuread_service_principal = {
      orders: { client_id: "${azuread_application.orders.client_id}", app_role_assignment_required: true },
    };
    inbound("<base />", CHOSEN, '<authentication-managed-identity resource="api://orders" />')(all);
  });
  expect(callLines(report)).toContain(`orders -> orders: managed identity; ${IDENTITY}; the registration orders`);
  expect(report.leftToOperator.map(({ what }) => what)).toContain(`Assign ${IDENTITY} to the registration orders.`);
});

function inbound(...content: string[]): (all: Json) => void {
  return (all) => void (all.azurerm_api_management_api_policy.orders.xml_content = policy(...content));
}

function ofOperation(xml: string): (all: Json) => void {
  return (all) => void (all.azurerm_api_management_api_operation_policy.get.xml_content = xml);
}
