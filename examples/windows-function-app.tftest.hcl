# Nobody gets into the function app on Windows but the gateway.

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
      azurerm_api_management_api_policy.Payroll_Policy_B670F4DE.xml_content,
    ))) == azuread_application.Payroll_Backend_Registration_5B0A6609.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_windows_function_app.Payroll_Backend_B9821834.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_windows_function_app.Payroll_Backend_B9821834.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Payroll_Backend_Registration_5B0A6609.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_windows_function_app.Payroll_Backend_B9821834.auth_settings_v2[0].require_authentication &&
      azurerm_windows_function_app.Payroll_Backend_B9821834.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Payroll_Backend_Registration_Invoke-Gateway_5F084E8F.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "on-an-elastic-premium-plan" {
  command = plan

  assert {
    condition = (
      azurerm_service_plan.Payroll_Backend_Plan_100A6F77.os_type == "Windows" &&
      azurerm_service_plan.Payroll_Backend_Plan_100A6F77.sku_name == "EP1"
    )
    error_message = "The plan is another one."
  }
}
