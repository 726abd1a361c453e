# Phase 1: the gateway may call with its token, and calls with the key as before. The app answers who has a key.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  apim_name                = "contoso"
  apim_resource_group      = "platform"
  key_vault_name           = "contoso-secrets"
  key_vault_resource_group = "secrets"
}

# No run breaks policy-value-not-allowed of azurerm_api_management_api_policy.Orders_Policy_41E378C0: the name of the named value is a literal.

run "identity-and-key-get-in" {
  assert {
    condition     = !strcontains(azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content, "authentication-managed-identity")
    error_message = "The gateway asks for a token before its grant is certain to work."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "name=\"Authorization\" exists-action=\"delete\"",
    )
    error_message = "The token of a consumer reaches the app, whose sign-in would refuse it."
  }

  assert {
    condition     = strcontains(azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content, "x-functions-key")
    error_message = "The gateway sends no key, which the functions ask for."
  }

  assert {
    condition = (
      !azurerm_linux_function_app.OrdersApp.auth_settings_v2[0].require_authentication &&
      azurerm_linux_function_app.OrdersApp.auth_settings_v2[0].unauthenticated_action == "AllowAnonymous"
    )
    error_message = "The app refuses calls with a key."
  }

  assert {
    condition = (
      azurerm_linux_function_app.OrdersApp.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "With a token, the app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_function_app.OrdersApp.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-Gateway_7EA4E155.principal_object_id ==
      data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "gateway-without-system-assigned-identity" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      identity = []
    }
  }

  expect_failures = [data.azurerm_api_management.Gateway_43CB3636]
}

run "allow-list-at-plan" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      identity = [{
        type         = "SystemAssigned"
        principal_id = "contoso"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  expect_failures = [azurerm_linux_function_app.OrdersApp]
}
