# Nobody gets into the web app but the gateway, and the app sends telemetry without a key.

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
      azurerm_api_management_api_policy.Shop_Policy_753C9734.xml_content,
    ))) == azuread_application.Shop_Backend_Registration_7456AC2A.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Shop_Backend_Registration_7456AC2A.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].require_authentication &&
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Shop_Backend_Registration_Invoke-Gateway_5F9D6840.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "telemetry-needs-no-key" {
  assert {
    condition     = azurerm_application_insights.ApplicationInsights.local_authentication_disabled
    error_message = "Application Insights takes telemetry from whoever has the key."
  }

  assert {
    condition = (
      azurerm_role_assignment.Shop_Backend_MonitoringMetricsPublisher_FEE6B80C.principal_id ==
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.identity[0].principal_id
    )
    error_message = "Another identity than the app's may send telemetry."
  }
}
