# The team's app lets in the team's gateway alone, and the team's API the public gateway alone.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

override_resource {
  target = azurerm_api_management.TeamGateway_E1967FAA
  values = {
    gateway_url = "https://team.azure-api.net"
    identity    = { principal_id = "5c0ffee0-6a7e-4a11-b0d1-00000000000a" }
  }
}

override_resource {
  target = azuread_application.Orders_Callers_Registration_D43D1908
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000c"
  }
}

# Before the apply: after it, Terraform plans with what it has applied.
run "insecure-url-at-plan" {
  command = plan

  override_resource {
    target          = azurerm_api_management.TeamGateway_E1967FAA
    override_during = plan
    values = {
      gateway_url = "http://team.azure-api.net"
      identity    = { principal_id = "5c0ffee0-6a7e-4a11-b0d1-00000000000a" }
    }
  }

  expect_failures = [azurerm_api_management_backend.Shop_BackendEntity_F72732EE]
}

run "the-app-lets-in-the-gateway-of-the-team" {
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
      tolist([azurerm_api_management.TeamGateway_E1967FAA.identity[0].principal_id])
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
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-TeamGateway_C8367B22.principal_object_id ==
      azurerm_api_management.TeamGateway_E1967FAA.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "the-api-lets-in-the-public-gateway" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Shop_Policy_753C9734.xml_content,
    ))) == azuread_application.Orders_Callers_Registration_D43D1908.client_id
    error_message = "The public gateway does not ask for one token, for the team's API."
  }

  assert {
    condition = flatten(regexall(
      "<value>([^<]*)</value>",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    )) == [azurerm_api_management.PublicGateway_3D8F1654.identity[0].principal_id]
    error_message = "The team's API does not let in the public gateway, and no other caller."
  }

  assert {
    condition = flatten(regexall(
      "<audience>([^<]*)</audience>",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    )) == [azuread_application.Orders_Callers_Registration_D43D1908.client_id]
    error_message = "The team's API accepts tokens for something else."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Orders_Callers_Registration_Invoke-PublicGateway_5FB35FE3.principal_object_id ==
      azurerm_api_management.PublicGateway_3D8F1654.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition = (
      azurerm_api_management_backend.Shop_BackendEntity_F72732EE.url ==
      "https://team.azure-api.net/orders"
    )
    error_message = "The public gateway calls another gateway than the team's."
  }
}
