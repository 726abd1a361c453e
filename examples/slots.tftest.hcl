# The staging slot is as closed as the app.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.CatalogApi_Policy_FB1D698A.xml_content,
    ))) == azuread_application.CatalogApi_Backend_Registration_605842AB.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Catalog.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Catalog.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.CatalogApi_Backend_Registration_605842AB.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Catalog.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Catalog.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.CatalogApi_Backend_Registration_Invoke-Gateway_499044E7.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "nor-into-the-slot" {
  assert {
    condition = (
      azurerm_linux_web_app_slot.Staging.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The slot does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app_slot.Staging.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.CatalogApi_Backend_Registration_605842AB.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app_slot.Staging.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app_slot.Staging.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition     = azurerm_linux_web_app_slot.Staging.app_service_id == azurerm_linux_web_app.Catalog.id
    error_message = "The slot belongs to another app."
  }
}
