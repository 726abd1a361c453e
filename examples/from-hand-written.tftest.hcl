# What was written by hand is taken over: the gateway may call with its token, and the app answers as before.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

run "the-app-answers-as-before" {
  assert {
    condition     = !strcontains(azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content, "authentication-managed-identity")
    error_message = "The gateway asks for a token before its grant is certain to work."
  }

  assert {
    condition = (
      !azurerm_linux_web_app.OrdersApp.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.OrdersApp.auth_settings_v2[0].unauthenticated_action == "AllowAnonymous"
    )
    error_message = "The app refuses calls that it answered before."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersApp.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.ApiManagement.identity[0].principal_id])
    )
    error_message = "With a token, the app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_api_management_api.Orders_Api_A821092D.name == "orders" &&
      azurerm_api_management_api.Orders_Api_A821092D.revision == "1" &&
      azurerm_api_management_backend.Orders_BackendEntity_5665C13F.name == "orders-app"
    )
    error_message = "A name differs from what was written by hand, so Azure would replace it."
  }
}
