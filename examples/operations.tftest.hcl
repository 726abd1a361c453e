# The API has the four operations that are listed, and no others.

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

run "the-operations-that-are-listed" {
  command = plan

  assert {
    condition = [
      for operation in [
        azurerm_api_management_api_operation.Orders_Api_Operation-get-orders_3617D68C,
        azurerm_api_management_api_operation.Orders_Api_Operation-post-orders_813E69D0,
        azurerm_api_management_api_operation.Orders_Api_Operation-get-orders-id_3DB3710B,
        azurerm_api_management_api_operation.Orders_Api_Operation-get-files-path_2D972774,
      ] : "${operation.method} ${operation.url_template}"
    ] == ["GET /orders", "POST /orders", "GET /orders/{id}", "GET /files/{*path}"]
    error_message = "An operation is another one than listed."
  }

  assert {
    condition = (
      one(azurerm_api_management_api_operation.Orders_Api_Operation-get-orders-id_3DB3710B.template_parameter).type ==
      "integer"
    )
    error_message = "The number of the order can be any text."
  }
}
