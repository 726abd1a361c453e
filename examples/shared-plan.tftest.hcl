# Two apps share a plan, and the staging slot of one is as closed as its app.

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

run "nor-into-the-other-app" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Invoices_Policy_DCA314ED.xml_content,
    ))) == azuread_application.Invoices_Backend_Registration_E65FDFE7.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Invoices_Backend_64CEE260.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Invoices_Backend_64CEE260.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Invoices_Backend_Registration_E65FDFE7.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Invoices_Backend_64CEE260.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Invoices_Backend_64CEE260.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Invoices_Backend_Registration_Invoke-Gateway_A8632CB9.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "nor-into-the-slot" {
  assert {
    condition = (
      azurerm_linux_web_app_slot.Orders_Backend_Slot-staging_E390E066.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The slot does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app_slot.Orders_Backend_Slot-staging_E390E066.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app_slot.Orders_Backend_Slot-staging_E390E066.https_only &&
      !azurerm_linux_web_app_slot.Orders_Backend_Slot-staging_E390E066.webdeploy_publish_basic_authentication_enabled
    )
    error_message = "The slot answers calls without a token, or takes plain HTTP or a publishing password."
  }
}

run "both-run-on-one-plan" {
  assert {
    condition = (
      azurerm_linux_web_app.Orders_Backend_0F5C7089.service_plan_id == azurerm_service_plan.Orders_Backend_Plan_6F0A777C.id &&
      azurerm_linux_web_app.Invoices_Backend_64CEE260.service_plan_id == azurerm_service_plan.Orders_Backend_Plan_6F0A777C.id
    )
    error_message = "The apps do not share the plan."
  }
}

run "everything-has-the-tags" {
  assert {
    condition = alltrue([
      for tags in [
        azurerm_api_management.Gateway_43CB3636.tags,
        azurerm_service_plan.Orders_Backend_Plan_6F0A777C.tags,
        azurerm_linux_web_app.Orders_Backend_0F5C7089.tags,
        azurerm_linux_web_app_slot.Orders_Backend_Slot-staging_E390E066.tags,
        azurerm_linux_web_app.Invoices_Backend_64CEE260.tags,
      ] : tags == tomap({ team = "shop", environment = "production" })
    ])
    error_message = "Something lacks the tags of the stack."
  }
}
