# Each of the three apps has a registration of its own, and lets in nobody but the gateway.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

mock_provider "azapi" {
  source = "./mocks"
}

override_resource {
  target = azuread_application.Shop_Backend_Registration_7456AC2A
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000b"
  }
}

override_resource {
  target = azuread_application.Search_Backend_Registration_BB051B3D
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000c"
  }
}

run "only-the-gateway-gets-into-the-function-app" {
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

run "nor-into-the-web-app" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Shop_Policy_753C9734.xml_content,
    ))) == azuread_application.Shop_Backend_Registration_7456AC2A.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Shop_Backend_Registration_7456AC2A.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Shop_Backend_Registration_Invoke-Gateway_5F9D6840.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "nor-into-the-container-app" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Search_Policy_0EF4679D.xml_content,
    ))) == azuread_application.Search_Backend_Registration_BB051B3D.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azapi_resource.Search_Backend_SignIn_D3B2DB14.parent_id ==
      azurerm_container_app.Search_Backend_6F1221E3.id
    )
    error_message = "The sign-in is set on another app."
  }

  assert {
    condition = (
      azapi_resource.Search_Backend_SignIn_D3B2DB14.body.properties.identityProviders.azureActiveDirectory.validation.defaultAuthorizationPolicy.allowedPrincipals.identities ==
      [azurerm_api_management.Gateway_43CB3636.identity[0].principal_id]
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azapi_resource.Search_Backend_SignIn_D3B2DB14.body.properties.identityProviders.azureActiveDirectory.validation.allowedAudiences ==
      [azuread_application.Search_Backend_Registration_BB051B3D.client_id]
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azapi_resource.Search_Backend_SignIn_D3B2DB14.body.properties.globalValidation.unauthenticatedClientAction ==
      "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Search_Backend_Registration_Invoke-Gateway_829A214B.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}
