# Terraform reads the registration that another team has made, and goes on only if it is closed.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  orders_client_id = "a99ca710-0000-4000-8000-000000000012"
}

# No run breaks policy-value-not-allowed of azurerm_api_management_api_policy.Orders_Policy_41E378C0: audience-at-plan comes first, and accepts less.

run "only-the-gateway-gets-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    ))) == data.azuread_application.Registration_8466E9D0.client_id
    error_message = "The gateway does not ask for one token, for the registration."
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
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].tenant_auth_endpoint ==
      "https://login.microsoftonline.com/${data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1.application_tenant_id}/v2.0"
    )
    error_message = "The app accepts tokens of another tenant."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Registration_Invoke-Gateway_58B9B275.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id &&
      azuread_app_role_assignment.Registration_Invoke-Gateway_58B9B275.app_role_id == "a99ca710-0000-4000-8000-000000000014"
    )
    error_message = "The gateway does not get the role Invoke, or another identity gets it."
  }
}

run "registration-with-version-1-tokens" {
  command = plan

  override_data {
    target = data.azuread_application.Registration_8466E9D0
    values = {
      api = [{ requested_access_token_version = 1 }]
    }
  }

  expect_failures = [data.azuread_application.Registration_8466E9D0]
}

run "registration-disabled" {
  command = plan

  override_data {
    target = data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1
    values = {
      account_enabled = false
    }
  }

  expect_failures = [data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1]
}

run "registration-without-required-assignment" {
  command = plan

  override_data {
    target = data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1
    values = {
      app_role_assignment_required = false
    }
  }

  expect_failures = [data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1]
}

run "registration-without-app-role" {
  command = plan

  override_data {
    target = data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1
    values = {
      app_roles = [{
        id                   = "a99ca710-0000-4000-8000-000000000014"
        value                = "Invoke"
        display_name         = "Invoke"
        enabled              = true
        allowed_member_types = ["User"]
      }]
    }
  }

  expect_failures = [data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1]
}

# An ID of Azure Resource Manager, for which the gateway must get no token.
run "audience-at-plan" {
  command = plan

  variables {
    orders_client_id = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
  }

  expect_failures = [azurerm_api_management_backend.Orders_BackendEntity_5665C13F]
}

run "registration-tenant-at-plan" {
  command = plan

  override_data {
    target = data.azuread_service_principal.Registration_ServicePrincipal_17B14DE1
    values = {
      application_tenant_id        = "a99ca710-0000-4000-8000-000000000099"
      account_enabled              = true
      app_role_assignment_required = true
      app_role_ids                 = { Invoke = "a99ca710-0000-4000-8000-000000000014" }
      app_roles = [{
        id                   = "a99ca710-0000-4000-8000-000000000014"
        value                = "Invoke"
        display_name         = "Invoke"
        enabled              = true
        allowed_member_types = ["Application"]
      }]
    }
  }

  expect_failures = [azurerm_api_management_backend.Orders_BackendEntity_5665C13F]
}
