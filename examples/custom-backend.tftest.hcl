# The gateway asks for a token for the registration that the backend makes, and says which service it calls.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

run "a-token-for-the-service" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    ))) == azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id
    error_message = "The gateway does not ask for one token, for the service's registration."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-Gateway_7EA4E155.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition     = azuread_service_principal.Orders_Backend_Registration_ServicePrincipal_9651E2C8.app_role_assignment_required
    error_message = "Every identity of the tenant gets tokens for the service."
  }

  assert {
    condition = (
      output.Orders_Backend_AllowedAudience_A2F9D658 ==
      azuread_application.Orders_Backend_Registration_E9FD0BB3.client_id
    )
    error_message = "The output names another audience than the one of the gateway's tokens."
  }

  assert {
    condition = flatten(regexall(
      "name=\"X-Service\" exists-action=\"override\">\\s*<value>([^<]*)</value>",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    )) == ["orders"]
    error_message = "The gateway does not name the service."
  }
}
