# The app of another state lets in nobody but the gateway, and the other app's owner is told to do the same.

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
  target = azuread_application.InvoicesRegistration_E0A4C322
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000c"
  }
}

variables {
  app_id   = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/apps/providers/Microsoft.Web/sites/orders"
  app_host = "orders.azurewebsites.net"
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
    condition     = azapi_update_resource.Orders_Backend_SignIn_9427662A.parent_id == var.app_id
    error_message = "The sign-in is set on another app."
  }

  assert {
    condition = (
      azapi_update_resource.Orders_Backend_SignIn_9427662A.body.properties.identityProviders.azureActiveDirectory.validation.defaultAuthorizationPolicy.allowedPrincipals.identities ==
      [azurerm_api_management.Gateway_43CB3636.identity[0].principal_id]
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition     = azapi_update_resource.Orders_Backend_SignIn_9427662A.body.properties.globalValidation.requireAuthentication
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-Gateway_7EA4E155.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition     = output.backend_url == "https://orders.azurewebsites.net/api"
    error_message = "The gateway calls another app."
  }
}

run "the-owner-of-the-other-app-is-told-how" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Invoices_Policy_DCA314ED.xml_content,
    ))) == azuread_application.InvoicesRegistration_E0A4C322.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      output.auth_settings_v2.active_directory_v2.allowed_identities ==
      [azurerm_api_management.Gateway_43CB3636.identity[0].principal_id]
    )
    error_message = "The output lets in another identity than the gateway's."
  }

  assert {
    condition = (
      output.auth_settings_v2.active_directory_v2.allowed_audiences ==
      [azuread_application.InvoicesRegistration_E0A4C322.client_id]
    )
    error_message = "The output accepts tokens for something else than the registration."
  }

  assert {
    condition = (
      azuread_app_role_assignment.InvoicesRegistration_Invoke-Gateway_0921514B.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "site-id-at-plan" {
  command = plan

  variables {
    app_id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/apps"
  }

  expect_failures = [azapi_update_resource.Orders_Backend_SignIn_9427662A]
}

run "insecure-url-at-plan" {
  command = plan

  variables {
    app_host = "example.com/?host=orders.azurewebsites.net"
  }

  expect_failures = [azurerm_api_management_backend.Orders_BackendEntity_5665C13F]
}
