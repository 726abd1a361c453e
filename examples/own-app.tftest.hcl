# The function app that the stack declares itself lets in nobody but the gateway, and keeps its own settings.

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
      azurerm_api_management_api_policy.InvoicesApi_Policy_C473980E.xml_content,
    ))) == azuread_application.InvoicesApi_Backend_Registration_EA0D6FB4.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_function_app.Invoices.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_function_app.Invoices.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.InvoicesApi_Backend_Registration_EA0D6FB4.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_function_app.Invoices.auth_settings_v2[0].require_authentication &&
      azurerm_linux_function_app.Invoices.auth_settings_v2[0].unauthenticated_action == "Return401"
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
    condition = (
      azurerm_linux_function_app.Invoices.site_config[0].application_stack[0].python_version == "3.12" &&
      azurerm_linux_function_app.Invoices.service_plan_id == azurerm_service_plan.Plan.id
    )
    error_message = "The app has lost its own settings."
  }
}
