# The team's app lets in the gateway that the platform's state names.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

override_data {
  target = data.terraform_remote_state.cross-stack-reference-input-platform
  values = {
    outputs = {
      cross-stack-output-azurerm_api_managementGateway_43CB3636name                  = "contoso"
      cross-stack-output-azurerm_api_managementGateway_43CB3636resource_group_name   = "contoso-platform"
      cross-stack-output-azurerm_api_managementGateway_43CB3636gateway_url           = "https://contoso.azure-api.net"
      cross-stack-output-azurerm_api_managementGateway_43CB3636identity0principal_id = "5c0ffee0-6a7e-4a11-b0d1-00000000000a"
    }
  }
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
      tolist([data.terraform_remote_state.cross-stack-reference-input-platform.outputs.cross-stack-output-azurerm_api_managementGateway_43CB3636identity0principal_id])
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
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-platform--Gateway_0E28AC84.principal_object_id ==
      data.terraform_remote_state.cross-stack-reference-input-platform.outputs.cross-stack-output-azurerm_api_managementGateway_43CB3636identity0principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition = (
      azurerm_api_management_api.Orders_Api_A821092D.api_management_name == "contoso" &&
      output.api_url == "https://contoso.azure-api.net/orders"
    )
    error_message = "The API is on another gateway."
  }
}

run "allow-list-at-plan" {
  command = plan

  override_data {
    target = data.terraform_remote_state.cross-stack-reference-input-platform
    values = {
      outputs = {
        cross-stack-output-azurerm_api_managementGateway_43CB3636name                  = "contoso"
        cross-stack-output-azurerm_api_managementGateway_43CB3636resource_group_name   = "contoso-platform"
        cross-stack-output-azurerm_api_managementGateway_43CB3636gateway_url           = "https://contoso.azure-api.net"
        cross-stack-output-azurerm_api_managementGateway_43CB3636identity0principal_id = ""
      }
    }
  }

  expect_failures = [azurerm_linux_web_app.Orders_Backend_0F5C7089]
}
