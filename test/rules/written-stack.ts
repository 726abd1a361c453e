import { Json } from "../helpers/synth";

const INBOUND = (content: string): string => `<policies>
  <inbound>
    ${content.split("\n").join("\n    ")}
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>`;

const TOKEN = '<authentication-managed-identity resource="${azuread_application.orders.client_id}" />';
const VALIDATION = `<validate-azure-ad-token tenant-id="11111111-2222-3333-4444-555555555555">
  <client-application-ids>
    <application-id>66666666-7777-8888-9999-000000000000</application-id>
  </client-application-ids>
</validate-azure-ad-token>`;

/** A policy document with this in its `inbound` section. */
export function policy(...inbound: string[]): string {
  return INBOUND(inbound.join("\n"));
}

/** The policies of the stack, for cases that change one. */
export const WRITTEN = { token: TOKEN, validation: VALIDATION };

const GATEWAY = "${azurerm_api_management.gateway.name}";
const GROUP = "${azurerm_resource_group.group.name}";
const SIGN_IN = {
  auth_enabled: true,
  require_authentication: true,
  unauthenticated_action: "Return401",
  login: {},
  active_directory_v2: {
    client_id: "${azuread_application.orders.client_id}",
    tenant_auth_endpoint: "https://login.microsoftonline.com/${var.tenant_id}/v2.0",
    allowed_audiences: ["${azuread_application.orders.client_id}"],
    allowed_identities: ["${azurerm_api_management.gateway.identity[0].principal_id}"],
  },
};
const SITE = {
  https_only: true,
  ftp_publish_basic_authentication_enabled: false,
  webdeploy_publish_basic_authentication_enabled: false,
  site_config: { ftps_state: "Disabled", minimum_tls_version: "1.2" },
};

/** Terraform JSON that nobody generated: an app and a language model behind a gateway, closed as they must be. */
export function writtenStack(): Json {
  return JSON.parse(
    JSON.stringify({
      provider: { azurerm: [{ features: [{}] }] },
      variable: { tenant_id: { type: "string" } },
      resource: {
        azurerm_resource_group: { group: { name: "rg-orders", location: "westeurope" } },
        azurerm_api_management: {
          gateway: { name: "gateway", sku_name: "Developer_1", identity: [{ type: "SystemAssigned" }] },
        },
        azuread_application: { orders: { display_name: "orders", api: [{ requested_access_token_version: 2 }] } },
        azurerm_linux_web_app: {
          orders: { name: "orders", resource_group_name: GROUP, ...SITE, auth_settings_v2: [SIGN_IN] },
          // Nothing calls it, so nothing is said of it.
          website: { name: "website", resource_group_name: GROUP, site_config: {} },
        },
        azurerm_linux_web_app_slot: {
          staging: {
            name: "staging",
            app_service_id: "${azurerm_linux_web_app.orders.id}",
            ...SITE,
            auth_settings_v2: SIGN_IN,
          },
        },
        azurerm_api_management_backend: {
          orders: {
            name: "orders",
            api_management_name: GATEWAY,
            protocol: "http",
            url: "https://${azurerm_linux_web_app.orders.default_hostname}",
          },
        },
        azurerm_api_management_api: {
          orders: { name: "orders", api_management_name: GATEWAY, path: "orders", revision: "1" },
          models: {
            name: "models",
            api_management_name: GATEWAY,
            path: "models",
            revision: "1",
            service_url: "https://models.openai.azure.com/openai",
          },
        },
        azurerm_api_management_policy: {
          all: {
            api_management_id: "${azurerm_api_management.gateway.id}",
            xml_content: INBOUND(
              '<rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />',
            ).replace(/<base \/>/, "<forward-request />"),
          },
        },
        azurerm_api_management_product_policy: {
          partners: { product_id: "partners", api_management_name: GATEWAY, xml_content: policy("<base />") },
        },
        azurerm_api_management_api_policy: {
          orders: {
            api_name: "${azurerm_api_management_api.orders.name}",
            api_management_name: GATEWAY,
            xml_content: policy("<base />", VALIDATION, '<set-backend-service backend-id="orders" />', TOKEN),
          },
          models: {
            api_name: "models",
            api_management_name: GATEWAY,
            xml_content: policy(
              "<base />",
              '<authentication-managed-identity resource="https://cognitiveservices.azure.com" output-token-variable-name="token" />',
              '<set-header name="Authorization" exists-action="override">',
              '  <value>@("Bearer " + (string)context.Variables["token"])</value>',
              "</set-header>",
            ),
          },
        },
        azurerm_api_management_api_operation_policy: {
          get: {
            api_name: "${azurerm_api_management_api.orders.name}",
            api_management_name: GATEWAY,
            operation_id: "get",
            xml_content: policy(
              "<base />",
              '<set-header name="X-Trace" exists-action="override"><value>1</value></set-header>',
            ),
          },
        },
        azurerm_cognitive_account: {
          models: { name: "models", kind: "OpenAI", local_auth_enabled: false },
        },
        azurerm_role_assignment: {
          models: {
            scope: "${azurerm_cognitive_account.models.id}",
            role_definition_name: "Cognitive Services OpenAI User",
            principal_id: "${azurerm_api_management.gateway.identity[0].principal_id}",
          },
          // Of somebody else.
          team: {
            scope: "${azurerm_resource_group.group.id}",
            role_definition_name: "Contributor",
            principal_id: "99999999-0000-0000-0000-000000000000",
          },
        },
      },
    }),
  );
}
