# The gateway answers only what came through the Front Door with one ID, and nobody gets into the app but the gateway.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  front_door_id = "5c0ffee0-6a7e-4a11-b0d1-00000000000d"
}

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
      azurerm_linux_function_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_function_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_function_app.Orders_Backend_0F5C7089.auth_settings_v2[0].require_authentication &&
      azurerm_linux_function_app.Orders_Backend_0F5C7089.auth_settings_v2[0].unauthenticated_action == "Return401"
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

run "only-through-the-front-door" {
  assert {
    condition = one(flatten(regexall(
      "<check-header [^>]*name=\"X-Azure-FDID\" failed-check-httpcode=\"403\"[^>]*>\\s*<value>([^<]*)</value>",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    ))) == var.front_door_id
    error_message = "The gateway answers calls that did not come through the Front Door."
  }
}

run "policy-value-not-allowed" {
  command = plan

  variables {
    front_door_id = "{{any}}"
  }

  expect_failures = [azurerm_api_management_api_policy.Orders_Policy_41E378C0]
}
