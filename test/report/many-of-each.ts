/* Configurations with many resources of each type that the report looks for among the others. */

const POLICY = (content: string): string =>
  `<policies><inbound><base />${content}</inbound><backend><base /></backend><outbound><base /></outbound></policies>`;

/** So many of each resource that the report looks for among the others. */
export function manyOfEach(count: number): Record<string, unknown> {
  const gateway = "${azurerm_api_management.gateway.name}";
  const signIn = { type: "Microsoft.App/containerApps/authConfigs@2024-03-01", name: "current", body: {} };
  const tool = { type: "Microsoft.ApiManagement/service/apis/tools@2025-03-01-preview", name: "get" };
  const ofEach = (at: number): Record<string, object> => ({
    azuread_application: { display_name: `app-${at}`, identifier_uris: [`api://app-${at}`] },
    azuread_service_principal: { client_id: `\${azuread_application.r${at}.client_id}` },
    azuread_application_password: { application_id: `\${azuread_application.r${at}.id}` },
    azuread_service_principal_password: { service_principal_id: `\${azuread_service_principal.r${at}.id}` },
    azuread_application_identifier_uri: {
      application_id: `\${azuread_application.r${at}.id}`,
      identifier_uri: `api://other-${at}`,
    },
    azuread_app_role_assignment: {
      app_role_id: "00000000-0000-0000-0000-000000000000",
      principal_object_id: `\${azuread_service_principal.r${at}.object_id}`,
      resource_object_id: `\${azuread_service_principal.r${at}.object_id}`,
    },
    azurerm_app_service_custom_hostname_binding: { hostname: `web-${at}.contoso.com`, app_service_name: `web-${at}` },
    azurerm_function_app_host_keys: { name: `web-${at}` },
    azurerm_api_management_subscription: {
      display_name: `subscription-${at}`,
      product_id: `\${azurerm_api_management_product.r${at}.id}`,
    },
    azurerm_api_management_named_value: { name: `value-${at}`, value: `secret-${at}`, secret: true },
    azurerm_key_vault: { name: `vault-${at}` },
    azurerm_key_vault_secret: { name: "secret", key_vault_id: `\${azurerm_key_vault.r${at}.id}`, value: "secret" },
    azurerm_key_vault_access_policy: { key_vault_id: `\${azurerm_key_vault.r${at}.id}`, object_id: `object-${at}` },
    azurerm_cognitive_account: { name: `models-${at}`, kind: "OpenAI" },
    azurerm_cosmosdb_account: { name: `data-${at}` },
    azurerm_cosmosdb_sql_role_assignment: {
      account_name: `data-${at}`,
      scope: `\${azurerm_cosmosdb_account.r${at}.id}`,
    },
    azurerm_servicebus_namespace: { name: `bus-${at}` },
    azurerm_eventhub_namespace: { name: `events-${at}` },
    azurerm_search_service: { name: `search-${at}` },
    azurerm_storage_account_network_rules: { storage_account_id: `\${azurerm_storage_account.r${at}.id}` },
    azurerm_logic_app_standard: { name: `logic-${at}` },
    azurerm_linux_web_app: { name: `web-${at}` },
    azurerm_linux_web_app_slot: { name: "staging", app_service_id: `\${azurerm_linux_web_app.r${at}.id}` },
    azurerm_private_endpoint: {
      private_service_connection: { private_connection_resource_id: `\${azurerm_linux_web_app.r${at}.id}` },
    },
    azurerm_container_app: { name: `container-${at}` },
    azurerm_storage_account: { name: `files${at}` },
    azurerm_storage_container: { name: "files", storage_account_id: `\${azurerm_storage_account.r${at}.id}` },
    azurerm_role_assignment: { scope: `\${azurerm_storage_account.r${at}.id}`, role_definition_name: "Reader" },
    azurerm_api_management_api: { name: `api-${at}`, api_management_name: gateway },
    azurerm_api_management_api_policy: {
      api_name: `api-${at}`,
      api_management_name: gateway,
      xml_content: POLICY(
        `<include-fragment fragment-id="fragment-${at}" /><set-backend-service backend-id="backend-${at}" />` +
          `<authentication-managed-identity resource="api://app-${at}" />`,
      ),
    },
    azurerm_api_management_api_operation_policy: {
      api_name: `api-${at}`,
      operation_id: "get",
      api_management_name: gateway,
      xml_content: POLICY(""),
    },
    azurerm_api_management_backend: {
      name: `backend-${at}`,
      api_management_name: gateway,
      url: [`https://web-${at}.azurewebsites.net`, `https://files${at}.blob.core.windows.net`][at % 2],
    },
    azurerm_api_management_policy_fragment: { name: `fragment-${at}`, value: "<fragment></fragment>" },
    azurerm_api_management_product: { product_id: `product-${at}`, api_management_name: gateway },
    azurerm_api_management_product_api: {
      product_id: `product-${at}`,
      api_name: `api-${at}`,
      api_management_name: gateway,
    },
    azurerm_api_management_product_policy: {
      product_id: `product-${at}`,
      api_management_name: gateway,
      xml_content: POLICY(""),
    },
  });
  const resource: Record<string, Record<string, object>> = {
    azurerm_api_management: { gateway: { name: "gateway" } },
    azapi_resource: {},
  };
  for (let at = 0; at < count; at++) {
    for (const [type, content] of Object.entries(ofEach(at))) (resource[type] ??= {})[`r${at}`] = content;
    resource.azapi_resource[`signIn${at}`] = { ...signIn, parent_id: `\${azurerm_container_app.r${at}.id}` };
    resource.azapi_resource[`tool${at}`] = { ...tool, parent_id: `\${azurerm_api_management_api.r${at}.id}` };
  }
  return { resource };
}
