# The policy of years stays as it stands, behind a check of the consumers' token.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  consumer_tenant_id = "2d3e4f50-1a2b-4c3d-8e4f-5a6b7c8d9e0f"
  consumer_audience  = "api://orders?a=1&b=2"
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

run "consumers-bring-a-token" {
  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "tenant-id=\"${var.consumer_tenant_id}\"",
    )
    error_message = "Tokens of another tenant are accepted."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "<audience>api://orders?a=1&amp;b=2</audience>",
    )
    error_message = "The audience is not in the policy as XML has it."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      "<rate-limit calls=\"300\" renewal-period=\"60\" />",
    )
    error_message = "The policy has lost what it had."
  }

  assert {
    condition = length(regexall(
      "(?s)<validate-azure-ad-token .*<rate-limit ",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    )) == 1
    error_message = "Calls without a token count for the rate limit."
  }
}

run "policy-value-not-allowed-tenant" {
  command = plan

  variables {
    consumer_tenant_id = "contoso/"
  }

  expect_failures = [azurerm_api_management_api_policy.Orders_Policy_41E378C0]
}

run "policy-value-not-allowed-audience" {
  command = plan

  variables {
    consumer_audience = "@(context.Api.Id)"
  }

  expect_failures = [azurerm_api_management_api_policy.Orders_Policy_41E378C0]
}
