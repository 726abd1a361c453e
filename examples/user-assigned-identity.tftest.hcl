# The app lets in an identity that outlives the gateway, and the gateway calls it as that identity.

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
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    ))) == azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_user_assigned_identity.GatewayIdentity.principal_id])
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
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-GatewayIdentity_16927F3D.principal_object_id ==
      azurerm_user_assigned_identity.GatewayIdentity.principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition = (
      one(azurerm_api_management.Gateway_43CB3636.identity[0].identity_ids) ==
      azurerm_user_assigned_identity.GatewayIdentity.id
    )
    error_message = "The gateway does not have the identity."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "client-id=\"${azurerm_user_assigned_identity.GatewayIdentity.client_id}\"",
    )
    error_message = "The gateway calls as another identity."
  }
}
