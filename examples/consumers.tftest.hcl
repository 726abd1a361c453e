# Consumers need an approved subscription and a token, and the secret stays in the key vault.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  consumer_tenant_id       = "2d3e4f50-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
  consumer_audience        = "api://orders"
  key_vault_name           = "contoso-secrets"
  key_vault_resource_group = "secrets"
}

# No run breaks policy-value-not-allowed of azurerm_api_management_api_policy.Orders_Policy_41E378C0: the name of the named value is a literal.

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    ))) == azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-Gateway_7EA4E155.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "consumers-need-a-key-and-a-token" {
  assert {
    condition = (
      azurerm_api_management_api.Orders_Api_A821092D.subscription_required &&
      azurerm_api_management_product.Partners_DE4EC16C.subscription_required &&
      azurerm_api_management_product.Partners_DE4EC16C.approval_required
    )
    error_message = "The API can be called without an approved subscription."
  }

  assert {
    condition = (
      azurerm_api_management_product_api.Orders_Product-Partners_B1A65DCE.product_id == azurerm_api_management_product.Partners_DE4EC16C.product_id &&
      azurerm_api_management_product_api.Orders_Product-Partners_B1A65DCE.api_name == "orders"
    )
    error_message = "The product does not have the API."
  }

  assert {
    condition = (
      strcontains(azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content, "<audience>${var.consumer_audience}</audience>") &&
      strcontains(azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content, "tenant-id=\"${var.consumer_tenant_id}\"")
    )
    error_message = "Tokens for something else, or of another tenant, are accepted."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "counter-key=\"@(context.Subscription.Id)\"",
    )
    error_message = "Subscriptions share one limit."
  }
}

run "the-secret-stays-in-the-key-vault" {
  assert {
    condition = (
      azurerm_api_management_named_value.PartnerToken_37C0A830.value_from_key_vault[0].secret_id == "https://contoso-secrets.vault.azure.net/secrets/partner-token" &&
      azurerm_api_management_named_value.PartnerToken_37C0A830.value == null
    )
    error_message = "The named value is not the secret of the key vault."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_keyvaultsecretsuser_dataazurerm_key_vaultVaultid--secrets--partner-token_409C1E7F.principal_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the role."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_keyvaultsecretsuser_dataazurerm_key_vaultVaultid--secrets--partner-token_409C1E7F.role_definition_name == "Key Vault Secrets User" &&
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_keyvaultsecretsuser_dataazurerm_key_vaultVaultid--secrets--partner-token_409C1E7F.scope == "${data.azurerm_key_vault.Vault.id}/secrets/partner-token"
    )
    error_message = "The gateway may not read the one secret."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "<value>{{partner-token}}</value>",
    )
    error_message = "The backend does not get the secret."
  }
}

run "policy-value-not-allowed-tenant" {
  command = plan

  variables {
    consumer_tenant_id = "contoso/"
  }

  expect_failures = [azurerm_api_management_api_policy.Orders_Policy_41E378C0]
}

run "policy-value-not-allowed-audience" {
  command = plan

  variables {
    consumer_audience = "@(context.Api.Id)"
  }

  expect_failures = [azurerm_api_management_api_policy.Orders_Policy_41E378C0]
}
