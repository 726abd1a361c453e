# The gateway has a private endpoint, logs, roles and a lock, and so has the app, as far as it needs them.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  endpoint_subnet_id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.Network/virtualNetworks/platform/subnets/endpoints"
  workspace_id       = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.OperationalInsights/workspaces/platform"
  support_group_id   = "5c0ffee0-6a7e-4a11-b0d1-0000000000a1"
  on_call_group_id   = "5c0ffee0-6a7e-4a11-b0d1-0000000000a2"
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
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
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
      azuread_app_role_assignment.Orders_Backend_Registration_Invoke-Gateway_7EA4E155.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "through-the-private-endpoint" {
  assert {
    condition = (
      azurerm_private_endpoint.Gateway_PrivateEndpoints_default_05FF23DF.subnet_id == var.endpoint_subnet_id &&
      one(azurerm_private_endpoint.Gateway_PrivateEndpoints_default_05FF23DF.private_service_connection).subresource_names == tolist(["Gateway"]) &&
      one(azurerm_private_endpoint.Gateway_PrivateEndpoints_default_05FF23DF.private_service_connection).private_connection_resource_id ==
      azurerm_api_management.Gateway_43CB3636.id
    )
    error_message = "The endpoint leads to something else than the gateway, or lies in another subnet."
  }

  assert {
    condition     = length(azurerm_private_endpoint.Gateway_PrivateEndpoints_default_05FF23DF.private_dns_zone_group) == 0
    error_message = "Terraform adds the records that Azure Policy adds."
  }
}

run "the-teams-have-their-roles" {
  assert {
    condition = alltrue([
      for role in [
        azurerm_role_assignment.Gateway_RoleAssignments_support_E2FB9F2D,
        azurerm_role_assignment.Orders_Backend_RoleAssignments_support_B7E558FD,
      ] : role.role_definition_name == "Monitoring Reader" && role.principal_id == var.support_group_id
    ])
    error_message = "Support does not read the metrics of the gateway and the app."
  }

  assert {
    condition = (
      azurerm_role_assignment.Orders_Backend_RoleAssignments_on-call_A6963C8E.role_definition_name == "Website Contributor" &&
      azurerm_role_assignment.Orders_Backend_RoleAssignments_on-call_A6963C8E.principal_id == var.on_call_group_id &&
      azurerm_role_assignment.Orders_Backend_RoleAssignments_on-call_A6963C8E.scope == azurerm_linux_web_app.Orders_Backend_0F5C7089.id
    )
    error_message = "The role of the on-call group is not on the app alone."
  }
}

run "a-role-by-its-id" {
  command = plan

  variables {
    support_role = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/providers/Microsoft.Authorization/roleDefinitions/43d0d8ad-25c7-4714-9337-8ba259a9fe05"
  }

  assert {
    condition     = azurerm_role_assignment.Gateway_RoleAssignments_support_E2FB9F2D.role_definition_id == var.support_role
    error_message = "The ID of the role is not taken as an ID."
  }
}

run "nobody-deletes-them" {
  assert {
    condition = (
      azurerm_management_lock.Gateway_Lock_829493A4.lock_level == "CanNotDelete" &&
      azurerm_management_lock.Gateway_Lock_829493A4.scope == azurerm_api_management.Gateway_43CB3636.id &&
      azurerm_management_lock.Orders_Backend_Lock_08F27604.scope == azurerm_linux_web_app.Orders_Backend_0F5C7089.id
    )
    error_message = "The gateway or the app can be deleted."
  }
}

run "logs-go-to-the-workspace" {
  assert {
    condition = alltrue([
      for setting in [
        azurerm_monitor_diagnostic_setting.Gateway_DiagnosticSettings_platform_0D2EAC46,
        azurerm_monitor_diagnostic_setting.Orders_Backend_DiagnosticSettings_platform_0B60A764,
      ] : setting.log_analytics_workspace_id == var.workspace_id
    ])
    error_message = "Logs go elsewhere, or nowhere."
  }
}

run "management-role-at-plan" {
  command = plan

  variables {
    support_role = "API Management Service Contributor"
  }

  expect_failures = [
    azurerm_role_assignment.Gateway_RoleAssignments_support_E2FB9F2D,
    azurerm_role_assignment.Orders_Backend_RoleAssignments_support_B7E558FD,
  ]
}

run "management-role-at-plan-by-its-id" {
  command = plan

  variables {
    support_role = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"
  }

  expect_failures = [
    azurerm_role_assignment.Gateway_RoleAssignments_support_E2FB9F2D,
    azurerm_role_assignment.Orders_Backend_RoleAssignments_support_B7E558FD,
  ]
}
