# The API is what the OpenAPI document says, and one operation has a limit of its own.

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

run "the-api-is-what-the-document-says" {
  command = plan

  assert {
    condition = (
      yamldecode(azurerm_api_management_api.Orders_Api_A821092D.import[0].content_value).info.title ==
      azurerm_api_management_api.Orders_Api_A821092D.display_name
    )
    error_message = "The API does not have the title of the document."
  }

  assert {
    condition = (
      yamldecode(azurerm_api_management_api.Orders_Api_A821092D.import[0].content_value).paths["/carts/{cartId}/checkout"].post.operationId ==
      azurerm_api_management_api_operation_policy.Orders_OperationPolicy-check-out_5026BC58.operation_id
    )
    error_message = "The limit is for an operation that the document does not have."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_operation_policy.Orders_OperationPolicy-check-out_5026BC58.xml_content,
      "calls=\"10\" renewal-period=\"60\"",
    )
    error_message = "The operation has another limit."
  }

  assert {
    condition = (
      azurerm_api_management_api.Orders_Api_A821092D.description ==
      trimspace(yamldecode(azurerm_api_management_api.Orders_Api_A821092D.import[0].content_value).info.description)
    )
    error_message = "The API does not have the description of the document."
  }
}
