# Nobody gets in but the gateway and the job, and the stack writes nothing to Entra ID: the output names whom others assign the role to.

mock_provider "azurerm" {
  source = "./mocks"
}

variables {
  orders_client_id = "0b5c4a5e-7d1f-4b7c-9f0e-3a1b2c3d4e5f"
}

# No run breaks policy-value-not-allowed of azurerm_api_management_api_policy.Orders_Policy_41E378C0: audience-at-plan comes first, and accepts less.

run "only-the-gateway-and-the-job-get-in" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
    ))) == var.orders_client_id
    error_message = "The gateway does not ask for one token, for the requested registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([
        azurerm_api_management.Gateway_43CB3636.identity[0].principal_id,
        azurerm_user_assigned_identity.NightlyJob.principal_id,
      ])
    )
    error_message = "The app does not let in the gateway and the job, and nobody else."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([var.orders_client_id])
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
      output.Registration_Callers_44D96683.Gateway == azurerm_api_management.Gateway_43CB3636.identity[0].principal_id &&
      output.Registration_Callers_44D96683.NightlyJob == azurerm_user_assigned_identity.NightlyJob.principal_id
    )
    error_message = "The output names other identities than those that need the role."
  }
}

run "audience-at-plan" {
  command = plan

  variables {
    orders_client_id = "00000003-0000-0000-c000-000000000000"
  }

  expect_failures = [azurerm_api_management_backend.Orders_BackendEntity_5665C13F]
}

run "registration-at-plan" {
  command = plan

  variables {
    orders_client_id = ""
  }

  expect_failures = [azurerm_linux_web_app.Orders_Backend_0F5C7089]
}
