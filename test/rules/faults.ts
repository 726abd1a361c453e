import { Json } from "../helpers/synth";
import { policy, WRITTEN } from "./written-stack";

/** One fault of a stack. */
export interface Fault {
  /** The id of the rule that finds it. */
  readonly rule: string;
  readonly what: string;
  /** Plants it. */
  readonly plant: (resources: Json, stack: Json) => void;
}

function fault(rule: string, what: string, plant: Fault["plant"]): Fault {
  return { rule, what, plant };
}

const site = (resources: Json): Json => resources.azurerm_linux_web_app.orders;
const slot = (resources: Json): Json => resources.azurerm_linux_web_app_slot.staging;
const signIn = (resources: Json): Json => site(resources).auth_settings_v2[0];
const entra = (resources: Json): Json => signIn(resources).active_directory_v2;
const ordersPolicy = (resources: Json): Json => resources.azurerm_api_management_api_policy.orders;
const modelsPolicy = (resources: Json): Json => resources.azurerm_api_management_api_policy.models;
const operation = (resources: Json): Json => resources.azurerm_api_management_api_operation_policy.get;

function inOrders(...inbound: string[]): Fault["plant"] {
  return (resources) => void (ordersPolicy(resources).xml_content = policy(...inbound));
}

function inOperation(...inbound: string[]): Fault["plant"] {
  return (resources) => void (operation(resources).xml_content = policy(...inbound));
}

function replaced(part: string, by: string): Fault["plant"] {
  return (resources) => {
    const { xml_content: text } = ordersPolicy(resources);
    ordersPolicy(resources).xml_content = text.replace(part, by);
  };
}

const { token, validation } = WRITTEN;
const ROUTE = '<set-backend-service backend-id="orders" />';

/** At least one for each rule. */
export const FAULTS: readonly Fault[] = [
  fault("sign-in-not-required", "no sign-in", (all) => {
    delete site(all).auth_settings_v2;
    delete all.azurerm_linux_web_app_slot;
  }),
  fault("sign-in-not-required", "a sign-in that is off", (all) => void (signIn(all).auth_enabled = false)),
  fault("sign-in-not-required", "optional sign-in", (all) => void delete signIn(all).require_authentication),
  fault(
    "sign-in-not-required",
    "anonymous requests",
    (all) => void (signIn(all).unauthenticated_action = "AllowAnonymous"),
  ),
  fault(
    "sign-in-redirects",
    "a sign-in page",
    (all) => void (signIn(all).unauthenticated_action = "RedirectToLoginPage"),
  ),
  fault("sign-in-redirects", "the default of azurerm", (all) => void delete signIn(all).unauthenticated_action),
  fault("allow-list-empty", "an empty list", (all) => void (entra(all).allowed_identities = [])),
  fault("allow-list-empty", "no list", (all) => void delete entra(all).allowed_identities),
  fault("allow-list-empty", "a sign-in without such a list", (all) => {
    delete site(all).auth_settings_v2;
    delete all.azurerm_linux_web_app_slot;
    const unauthenticated_client_action = "Return401";
    site(all).auth_settings = {
      enabled: true,
      unauthenticated_client_action,
      active_directory: { client_id: "orders" },
    };
  }),
  fault("allow-list-empty", "another identity provider", (all) => {
    signIn(all).google_v2 = { client_id: "shop", client_secret_setting_name: "GOOGLE_SECRET" };
  }),
  fault("excluded-paths", "a path", (all) => void (signIn(all).excluded_paths = ["/health"])),
  fault("slot-more-open", "a slot without sign-in", (all) => void delete slot(all).auth_settings_v2),
  fault("slot-more-open", "a slot for every identity", (all) => {
    slot(all).auth_settings_v2.active_directory_v2.allowed_identities = [];
  }),
  fault("password-publishing", "a password", (all) => void delete site(all).ftp_publish_basic_authentication_enabled),
  fault("password-publishing", "FTP without TLS", (all) => void (site(all).site_config.ftps_state = "AllAllowed")),
  fault("tls-too-old", "TLS 1.0", (all) => void (site(all).site_config.minimum_tls_version = "1.0")),
  fault("tls-too-old", "TLS 1.1 of a logic app", (all) => {
    all.azurerm_logic_app_standard = {
      orders: {
        name: "workflows",
        ftp_publish_basic_authentication_enabled: false,
        scm_publish_basic_authentication_enabled: false,
        site_config: { min_tls_version: "1.1" },
      },
    };
    all.azurerm_api_management_api.models.service_url = "https://${azurerm_logic_app_standard.orders.default_hostname}";
    const identities = ["${azurerm_api_management.gateway.identity[0].principal_id}"];
    all.azapi_update_resource = {
      orders: {
        type: "Microsoft.Web/sites/config@2023-12-01",
        name: "authsettingsV2",
        parent_id: "${azurerm_logic_app_standard.orders.id}",
        body: {
          properties: {
            platform: { enabled: true },
            globalValidation: { requireAuthentication: true, unauthenticatedClientAction: "Return401" },
            identityProviders: {
              azureActiveDirectory: {
                validation: { defaultAuthorizationPolicy: { allowedPrincipals: { identities } } },
              },
            },
          },
        },
      },
    };
  }),
  fault(
    "management-audience",
    "Azure Resource Manager",
    inOrders(
      "<base />",
      validation,
      ROUTE,
      token.replace("${azuread_application.orders.client_id}", "https://management.azure.com/"),
    ),
  ),
  fault("management-audience", "Microsoft Graph in a variable", (all) => {
    const text = modelsPolicy(all).xml_content;
    modelsPolicy(all).xml_content = text.replace("https://cognitiveservices.azure.com", "https://graph.microsoft.com");
  }),
  fault("identity-outside-api", "the whole gateway", (all) => {
    all.azurerm_api_management_policy.all.xml_content = policy(token).replace("<base />", "<forward-request />");
  }),
  fault("identity-outside-api", "a product", (all) => {
    all.azurerm_api_management_product_policy.partners.xml_content = policy("<base />", token);
  }),
  fault("identity-before-validation", "before the validation", inOrders("<base />", ROUTE, token, validation)),
  fault("identity-before-validation", "before <base />", inOrders(validation, ROUTE, token, "<base />")),
  fault("identity-error-ignored", "ignore-error", replaced('client_id}" />', 'client_id}" ignore-error="true" />')),
  fault(
    "caller-authorization-forwarded",
    "a variable that nothing reads",
    replaced('client_id}" />', 'client_id}" output-token-variable-name="token" />'),
  ),
  fault("caller-authorization-forwarded", "no token of the gateway", inOrders("<base />", validation, ROUTE)),
  fault(
    "cache-before-validation",
    "a cache",
    inOrders(
      "<base />",
      '<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" />',
      validation,
      ROUTE,
      token,
    ),
  ),
  fault("inbound-without-base", "no <base />", inOrders(validation, ROUTE, token)),
  fault("operation-without-base", "no <base />", inOperation('<set-variable name="a" value="b" />')),
  fault("one-policy", "a second policy of an API", (all) => {
    all.azurerm_api_management_api_policy.second = { ...ordersPolicy(all), api_name: "orders" };
  }),
  fault("one-policy", "a second policy of an operation", (all) => {
    all.azurerm_api_management_api_operation_policy.second = { ...operation(all), api_name: "orders" };
  }),
  fault("one-policy", "a second policy of a product", (all) => {
    all.azurerm_api_management_product_policy.second = all.azurerm_api_management_product_policy.partners;
  }),
  fault("one-policy", "a second policy of the gateway", (all) => {
    all.azurerm_api_management_policy.second = all.azurerm_api_management_policy.all;
  }),
  fault(
    "http-backend",
    "a backend entity",
    (all) =>
      void (all.azurerm_api_management_backend.orders.url = "http://${azurerm_linux_web_app.orders.default_hostname}"),
  ),
  fault(
    "http-backend",
    "a policy",
    inOrders("<base />", validation, '<set-backend-service base-url="http://orders.contoso.com" />', token),
  ),
  fault("key-instead-of-identity", "a function key", (all) => {
    all.azurerm_api_management_backend.orders.credentials = { header: { "x-functions-key": "${var.key}" } };
  }),
  fault(
    "key-instead-of-identity",
    "a function key in a policy",
    inOrders(
      "<base />",
      validation,
      ROUTE,
      '<set-header name="x-functions-key" exists-action="override"><value>{{key}}</value></set-header>',
      token,
    ),
  ),
  fault("key-instead-of-identity", "a function key in an address", (all) => {
    all.azurerm_api_management_backend.orders.url =
      "https://${azurerm_linux_web_app.orders.default_hostname}/api?code=${var.key}";
  }),
  fault("key-instead-of-identity", "a function key of azapi", (all) => {
    const properties = {
      url: "https://orders.contoso.com",
      credentials: { header: { "x-functions-key": ["{{key}}"] } },
    };
    all.azapi_resource = {
      key: { type: "Microsoft.ApiManagement/service/backends@2024-05-01", name: "key", body: { properties } },
    };
  }),
  fault("key-instead-of-identity", "a client secret", (all) => void (entra(all).client_secret_setting_name = "SECRET")),
  fault("key-instead-of-identity", "a secret of the registration", (all) => {
    all.azuread_application_password = { orders: { application_id: "${azuread_application.orders.id}" } };
  }),
  fault("key-instead-of-identity", "a function key in a named value", (all, stack) => {
    stack.data = { azurerm_function_app_host_keys: { orders: { name: "orders" } } };
    all.azurerm_api_management_named_value = {
      key: { value: "${data.azurerm_function_app_host_keys.orders.default_function_key}", secret: true },
    };
  }),
  fault("local-keys-enabled", "keys", (all) => void delete all.azurerm_cognitive_account.models.local_auth_enabled),
  fault("service-tag-restriction", "the service tag", (all) => {
    site(all).site_config.ip_restriction = [{ action: "Allow", service_tag: "ApiManagement", priority: 100 }];
  }),
  fault(
    "role-too-wide",
    "Contributor",
    (all) => void (all.azurerm_role_assignment.models.role_definition_name = "Contributor"),
  ),
  fault(
    "role-too-wide",
    "a resource group",
    (all) => void (all.azurerm_role_assignment.models.scope = "${azurerm_resource_group.group.id}"),
  ),
  fault("role-too-wide", "a subscription", (all) => {
    all.azurerm_role_assignment.models.scope = "/subscriptions/11111111-2222-3333-4444-555555555555";
  }),
  fault("issuer-mismatch", "version 1 tokens", (all) => void delete all.azuread_application.orders.api),
  fault(
    "issuer-mismatch",
    "an issuer of both",
    (all) => void (entra(all).tenant_auth_endpoint = "https://sts.windows.net/${var.tenant_id}/v2.0"),
  ),
  fault("policy-too-large", "the Consumption tier", (all) => {
    all.azurerm_api_management.gateway.sku_name = "Consumption_0";
    operation(all).xml_content = policy("<base />", `<!-- ${"x".repeat(17_000)} -->`);
  }),
  fault("policy-unreadable", "no XML", (all) => void (operation(all).xml_content = "<policies><inbound>")),
  fault("token-replaced-later", "a later policy", (all) => {
    ordersPolicy(all).xml_content = policy("<base />", validation, ROUTE, token).replace(
      "<backend>\n    <base />",
      '<backend>\n    <retry condition="@(true)" count="1" interval="1"><set-header name="Authorization" exists-action="delete" /><forward-request /></retry>',
    );
  }),
  fault(
    "literal-secret",
    "a password",
    inOperation(
      "<base />",
      '<set-header name="X-Api-Key" exists-action="override"><value>kJ3hG8sd7Fg2Lq9Zx4Cv6Bn1Mw5Er0Ty</value></set-header>',
    ),
  ),
  fault(
    "operation-changes-backend",
    "another backend",
    inOperation("<base />", '<set-backend-service base-url="https://other.contoso.com" />'),
  ),
  fault("issuer-of-other-cloud", "another cloud", (_, stack) => {
    stack.provider.azurerm[0].environment = "usgovernment";
  }),
  fault("issuer-of-other-cloud", "another cloud in a policy", (all, stack) => {
    stack.provider.azurerm[0].environment = "public";
    const jwt =
      '<validate-jwt header-name="Authorization"><openid-config url="https://login.microsoftonline.us/common/v2.0/.well-known/openid-configuration" /></validate-jwt>';
    ordersPolicy(all).xml_content = policy("<base />", jwt, ROUTE, token);
  }),
  fault(
    "operation-sets-caller-header",
    "X-Caller-Object-Id",
    inOperation(
      "<base />",
      '<set-header name="X-Caller-Object-Id" exists-action="override"><value>1</value></set-header>',
    ),
  ),
  fault("operation-validates-gateway-token", "a validation", inOperation("<base />", validation)),
  fault("operation-answers-before-base", "an answer", inOperation("<mock-response />", "<base />")),
  fault(
    "operation-sends-certificate",
    "a certificate",
    inOperation("<base />", '<authentication-certificate thumbprint="{{thumbprint}}" />'),
  ),
  fault(
    "token-copied",
    "a copy",
    inOperation(
      "<base />",
      '<send-request mode="copy" response-variable-name="answer"><set-url>https://log.contoso.com</set-url></send-request>',
    ),
  ),
  fault(
    "token-read",
    "code",
    inOperation(
      "<base />",
      '<set-variable name="token" value="@(context.Request.Headers.GetValueOrDefault(&quot;Authorization&quot;))" />',
    ),
  ),
  fault("redirects-followed", "redirects", (all) => {
    const written = policy("<base />", validation, ROUTE, token);
    ordersPolicy(all).xml_content = written.replace(
      "<backend>\n    <base />",
      '<backend>\n    <forward-request follow-redirects="true" />',
    );
  }),
  fault(
    "sent-through-proxy",
    "a proxy",
    inOrders("<base />", validation, ROUTE, '<proxy url="https://proxy.contoso.com" />', token),
  ),
  fault(
    "header-name-unknown",
    "a computed name",
    inOperation(
      "<base />",
      '<set-header name="@(context.Api.Name)" exists-action="override"><value>1</value></set-header>',
    ),
  ),
  fault("root-missing", "a comment", (all) => void (operation(all).xml_content = "<!-- nothing -->")),
  fault(
    "second-root",
    "two documents",
    (all) => void (operation(all).xml_content = `${policy("<base />")}<policies />`),
  ),
  fault("other-root", "one policy", (all) => void (operation(all).xml_content = "<set-header />")),
  fault("unknown-section", "another section", (all) => {
    operation(all).xml_content = policy("<base />").replace("</policies>", "  <logging />\n</policies>");
  }),
  fault("section-repeated", "<outbound> twice", (all) => {
    operation(all).xml_content = policy("<base />").replace("</policies>", "  <outbound />\n</policies>");
  }),
  fault("base-repeated", "<base /> twice", inOperation("<base />", "<base />")),
  fault("several-forwardings", "two elements", (all) => {
    operation(all).xml_content = policy("<base />").replace("<backend>", "<backend>\n    <forward-request />");
  }),
  fault("backend-section-empty", "no <base />", (all) => {
    operation(all).xml_content = policy("<base />").replace("<backend>\n    <base />", "<backend>");
  }),
  fault("text-beside-policies", "a text", inOperation("<base />", "later")),
  fault(
    "late-cors",
    "<cors> later",
    inOperation(
      "<base />",
      '<set-variable name="a" value="b" />',
      "<cors><allowed-origins><origin>https://shop.contoso.com</origin></allowed-origins></cors>",
    ),
  ),
  fault(
    "broken-code",
    "an open bracket",
    inOperation("<base />", '<set-variable name="a" value="@(context.Variables("x)" />'),
  ),
  fault(
    "not-xml",
    "an unescaped &",
    inOperation("<base />", '<set-header name="X-Trace" exists-action="override"><value>a & b</value></set-header>'),
  ),
  fault("unknown-policy", "a misspelled name", inOperation("<base />", '<set-variabel name="a" value="b" />')),
];
