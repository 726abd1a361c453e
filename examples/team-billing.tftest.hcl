# The team's app lets in the identity that the platform team names, and the API goes to the platform's gateway.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azurerm" {
  alias  = "platform"
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  platform_subscription_id = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05"
  apim_name                = "contoso"
  apim_resource_group      = "platform"
  apim_principal_id        = "5c0ffee0-6a7e-4a11-b0d1-00000000000a"
}

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Billing_Policy_675B415E.xml_content,
    ))) == azuread_application.Billing_Backend_Registration_0943E762.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Billing_Backend_2C6D016F.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([var.apim_principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Billing_Backend_2C6D016F.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Billing_Backend_Registration_0943E762.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Billing_Backend_2C6D016F.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Billing_Backend_2C6D016F.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Billing_Backend_Registration_Invoke-Gateway_6802E0EE.principal_object_id ==
      var.apim_principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition = (
      azurerm_api_management_api.Billing_Api_40028D95.api_management_name == var.apim_name &&
      azurerm_api_management_api.Billing_Api_40028D95.resource_group_name == var.apim_resource_group
    )
    error_message = "The API is on another gateway."
  }
}

run "allow-list-at-plan" {
  command = plan

  variables {
    apim_principal_id = ""
  }

  expect_failures = [azurerm_linux_web_app.Billing_Backend_2C6D016F]
}

run "registration-tenant-at-plan" {
  command = plan

  override_data {
    target = data.azurerm_client_config.SecureApimBackendClientConfig-platform
    values = {
      subscription_id = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05"
      tenant_id       = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e99"
    }
  }

  expect_failures = [azurerm_api_management_backend.Billing_BackendEntity_9EAB8240]
}
