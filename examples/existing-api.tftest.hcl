# The policy of an API that somebody else publishes calls the new backend, and only when the API is what the stack was written for.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

# Terraform imports the policy that the API has. It imports a mock only if it knows the policy at the plan.
override_resource {
  target          = azurerm_api_management_api_policy.Stock_Policy_079C2C76
  override_during = plan
  values = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.ApiManagement/service/contoso/apis/stock"
  }
}

override_resource {
  target          = azuread_application.Stock_Backend_Registration_2A39BA76
  override_during = plan
  values = {
    client_id = "a99ca710-0000-4000-8000-000000000002"
  }
}

variables {
  apim_name           = "contoso"
  apim_resource_group = "platform"
}

run "only-the-gateway-gets-in" {
  command = plan

  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Stock_Policy_079C2C76.xml_content,
    ))) == azuread_application.Stock_Backend_Registration_2A39BA76.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Stock_Backend_Registration_2A39BA76.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Stock_Backend_FAD64314.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Stock_Backend_Registration_Invoke-Gateway_FBC2D098.principal_object_id ==
      data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "the-policy-calls-the-new-backend" {
  command = plan

  assert {
    condition = flatten(regexall(
      "<set-backend-service [^>]*(?:backend-id|base-url)=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Stock_Policy_079C2C76.xml_content,
    )) == [azurerm_api_management_backend.Stock_BackendEntity_DB6CD95A.name]
    error_message = "The policy still calls the old backend."
  }

  assert {
    condition = strcontains(
      azurerm_api_management_api_policy.Stock_Policy_079C2C76.xml_content,
      "<value>@(context.Deployment.Region)</value>",
    )
    error_message = "The policy has lost what it had."
  }

  assert {
    condition     = azurerm_api_management_api_policy.Stock_Policy_079C2C76.api_name == "stock"
    error_message = "The policy is for another API."
  }
}

run "gateway-without-system-assigned-identity" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      identity = []
    }
  }

  expect_failures = [data.azurerm_api_management.Gateway_43CB3636]
}

run "allow-list-at-plan" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      identity = [{
        type         = "SystemAssigned"
        principal_id = "contoso"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  expect_failures = [azurerm_linux_web_app.Stock_Backend_FAD64314]
}

# An override takes the place of all values of the mock. Each run makes one of them wrong.
run "not-current-revision" {
  command = plan

  override_data {
    target = data.azurerm_api_management_api.Stock_Api_7D46306A
    values = {
      is_current            = false
      protocols             = ["https"]
      version               = ""
      subscription_required = true
      subscription_key_parameter_names = [{
        header = "Ocp-Apim-Subscription-Key"
        query  = "subscription-key"
      }]
    }
  }

  expect_failures = [data.azurerm_api_management_api.Stock_Api_7D46306A]
}

run "web-socket-api" {
  command = plan

  override_data {
    target = data.azurerm_api_management_api.Stock_Api_7D46306A
    values = {
      is_current            = true
      protocols             = ["wss"]
      version               = ""
      subscription_required = true
      subscription_key_parameter_names = [{
        header = "Ocp-Apim-Subscription-Key"
        query  = "subscription-key"
      }]
    }
  }

  expect_failures = [data.azurerm_api_management_api.Stock_Api_7D46306A]
}

run "api-accepts-http" {
  command = plan

  override_data {
    target = data.azurerm_api_management_api.Stock_Api_7D46306A
    values = {
      is_current            = true
      protocols             = ["http", "https"]
      version               = ""
      subscription_required = true
      subscription_key_parameter_names = [{
        header = "Ocp-Apim-Subscription-Key"
        query  = "subscription-key"
      }]
    }
  }

  expect_failures = [data.azurerm_api_management_api.Stock_Api_7D46306A]
}

run "other-api-version" {
  command = plan

  override_data {
    target = data.azurerm_api_management_api.Stock_Api_7D46306A
    values = {
      is_current            = true
      protocols             = ["https"]
      version               = "v2"
      subscription_required = true
      subscription_key_parameter_names = [{
        header = "Ocp-Apim-Subscription-Key"
        query  = "subscription-key"
      }]
    }
  }

  expect_failures = [data.azurerm_api_management_api.Stock_Api_7D46306A]
}

run "other-key-names" {
  command = plan

  override_data {
    target = data.azurerm_api_management_api.Stock_Api_7D46306A
    values = {
      is_current            = true
      protocols             = ["https"]
      version               = ""
      subscription_required = true
      subscription_key_parameter_names = [{
        header = "X-Key"
        query  = "key"
      }]
    }
  }

  expect_failures = [data.azurerm_api_management_api.Stock_Api_7D46306A]
}

run "api-open-without-key" {
  command = plan

  override_data {
    target = data.azurerm_api_management_api.Stock_Api_7D46306A
    values = {
      is_current            = true
      protocols             = ["https"]
      version               = ""
      subscription_required = false
      subscription_key_parameter_names = [{
        header = "Ocp-Apim-Subscription-Key"
        query  = "subscription-key"
      }]
    }
  }

  expect_failures = [data.azurerm_api_management_api.Stock_Api_7D46306A]
}
