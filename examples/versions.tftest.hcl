# Each version has an app of its own, and both have one path.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

override_resource {
  target = azuread_application.OrdersV2_Backend_Registration_61F27727
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000b"
  }
}

override_resource {
  target = azurerm_linux_web_app.OrdersV2_Backend_B4BF37EA
  values = {
    default_hostname = "app-v2.azurewebsites.net"
  }
}

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.OrdersV1_Policy_1DBAC145.xml_content,
    ))) == azuread_application.OrdersV1_Backend_Registration_6F0CF173.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersV1_Backend_3AB28CCC.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersV1_Backend_3AB28CCC.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.OrdersV1_Backend_Registration_6F0CF173.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersV1_Backend_3AB28CCC.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.OrdersV1_Backend_3AB28CCC.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.OrdersV1_Backend_Registration_Invoke-Gateway_7234F202.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.OrdersV2_Policy_1E8758D8.xml_content,
    ))) == azuread_application.OrdersV2_Backend_Registration_61F27727.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersV2_Backend_B4BF37EA.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersV2_Backend_B4BF37EA.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.OrdersV2_Backend_Registration_61F27727.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.OrdersV2_Backend_B4BF37EA.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.OrdersV2_Backend_B4BF37EA.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.OrdersV2_Backend_Registration_Invoke-Gateway_0E146E11.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "each-version-has-its-app" {
  assert {
    condition = [
      for api in [
        azurerm_api_management_api.OrdersV1_Api_94765521,
        azurerm_api_management_api.OrdersV2_Api_AF434DFC,
      ] : "${api.path}/${api.version}"
      if(
        api.version_set_id == azurerm_api_management_api_version_set.Orders_A9B65338.id
      )
    ] == ["orders/v1", "orders/v2"]
    error_message = "The versions do not have one path and one version set."
  }

  assert {
    condition = (
      azurerm_api_management_backend.OrdersV1_BackendEntity_A2024375.url == "https://app.azurewebsites.net" &&
      azurerm_api_management_backend.OrdersV2_BackendEntity_7C5FB7FA.url == "https://app-v2.azurewebsites.net"
    )
    error_message = "A version calls the app of the other one."
  }
}
