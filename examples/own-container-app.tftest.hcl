# The container app that the stack declares itself lets in nobody but the gateway, and keeps its own settings.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

mock_provider "azapi" {
  source = "./mocks"
}

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.InvoicesApi_Policy_C473980E.xml_content,
    ))) == azuread_application.InvoicesApi_Backend_Registration_EA0D6FB4.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azapi_resource.InvoicesApi_Backend_SignIn_42925D95.parent_id ==
      azurerm_container_app.Invoices.id
    )
    error_message = "The sign-in is set on another app."
  }

  assert {
    condition = (
      azapi_resource.InvoicesApi_Backend_SignIn_42925D95.body.properties.identityProviders.azureActiveDirectory.validation.defaultAuthorizationPolicy.allowedPrincipals.identities ==
      [azurerm_api_management.Gateway_43CB3636.identity[0].principal_id]
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azapi_resource.InvoicesApi_Backend_SignIn_42925D95.body.properties.identityProviders.azureActiveDirectory.validation.allowedAudiences ==
      [azuread_application.InvoicesApi_Backend_Registration_EA0D6FB4.client_id]
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azapi_resource.InvoicesApi_Backend_SignIn_42925D95.body.properties.globalValidation.unauthenticatedClientAction ==
      "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.InvoicesApi_Backend_Registration_Invoke-Gateway_937D2968.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition     = !azurerm_container_app.Invoices.ingress[0].allow_insecure_connections
    error_message = "The app takes calls without TLS."
  }

  assert {
    condition     = azurerm_container_app.Invoices.revision_mode == "Multiple"
    error_message = "The app has lost its own settings."
  }
}
