# The API that the stack declares itself gets a policy for its backend, which lets in nobody but the gateway.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

# Before the API exists: its revision is known once it is created.
run "own-api-not-current" {
  command = plan

  override_resource {
    target          = azurerm_api_management_api.StockApi
    override_during = plan
    values = {
      is_current = false
    }
  }

  expect_failures = [azurerm_api_management_api.StockApi]
}

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Stock_Policy_079C2C76.xml_content,
    ))) == azuread_application.Stock_Backend_Registration_2A39BA76.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }
}

run "the-policy-is-that-of-the-own-api" {
  assert {
    condition = (
      azurerm_api_management_api_policy.Stock_Policy_079C2C76.api_name == azurerm_api_management_api.StockApi.name &&
      azurerm_api_management_api.StockApi.api_type == "soap"
    )
    error_message = "The policy is for another API."
  }

  assert {
    condition = flatten(regexall(
      "<set-backend-service [^>]*(?:backend-id|base-url)=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Stock_Policy_079C2C76.xml_content,
    )) == [azurerm_api_management_backend.Stock_BackendEntity_DB6CD95A.name]
    error_message = "The policy calls another backend."
  }
}
