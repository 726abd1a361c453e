# Nobody gets into the container app but the gateway.

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
      azurerm_api_management_api_policy.Hello_Policy_6DDABAFA.xml_content,
    ))) == azuread_application.Hello_Backend_Registration_DB617E0C.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azapi_resource.Hello_Backend_SignIn_60EE69E2.parent_id ==
      azurerm_container_app.Hello_Backend_204488C4.id
    )
    error_message = "The sign-in is set on another app."
  }

  assert {
    condition = (
      azapi_resource.Hello_Backend_SignIn_60EE69E2.body.properties.identityProviders.azureActiveDirectory.validation.defaultAuthorizationPolicy.allowedPrincipals.identities ==
      [azurerm_api_management.Gateway_43CB3636.identity[0].principal_id]
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azapi_resource.Hello_Backend_SignIn_60EE69E2.body.properties.identityProviders.azureActiveDirectory.validation.allowedAudiences ==
      [azuread_application.Hello_Backend_Registration_DB617E0C.client_id]
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azapi_resource.Hello_Backend_SignIn_60EE69E2.body.properties.globalValidation.unauthenticatedClientAction ==
      "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Hello_Backend_Registration_Invoke-Gateway_E641102C.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition     = !azurerm_container_app.Hello_Backend_204488C4.ingress[0].allow_insecure_connections
    error_message = "The app takes calls without TLS."
  }
}
