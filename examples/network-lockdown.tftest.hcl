# The invoices' app is reached through a private endpoint alone, and the shop's from the gateway's addresses alone.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

override_resource {
  target = azuread_application.Shop_Backend_Registration_7456AC2A
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000b"
  }
}

variables {
  apim_name           = "contoso"
  apim_resource_group = "platform"
  virtual_network_id  = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.Network/virtualNetworks/platform"
  endpoint_subnet_id  = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.Network/virtualNetworks/platform/subnets/endpoints"
  publish_from        = "198.51.100.20/32"
}

run "only-the-gateway-gets-in" {
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
      tolist([data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
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
      data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

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
      tolist([data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
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
      data.azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }

  assert {
    condition = (
      azurerm_linux_web_app.Invoices_Backend_64CEE260.auth_settings_v2[0].excluded_paths ==
      tolist(["/health"])
    )
    error_message = "Other paths than the health probe need no token."
  }
}

run "through-the-private-endpoint" {
  assert {
    condition     = !azurerm_linux_web_app.Invoices_Backend_64CEE260.public_network_access_enabled
    error_message = "The app can be reached from the internet."
  }

  assert {
    condition = (
      azurerm_private_endpoint.Invoices_Backend_PrivateEndpoint_1385D10F.private_service_connection[0].private_connection_resource_id == azurerm_linux_web_app.Invoices_Backend_64CEE260.id &&
      azurerm_private_endpoint.Invoices_Backend_PrivateEndpoint_1385D10F.subnet_id == var.endpoint_subnet_id
    )
    error_message = "The endpoint leads to another app, or lies in another subnet."
  }
}

run "from-the-addresses-of-the-gateway" {
  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      sku_name            = "Premium_1"
      public_ip_addresses = ["203.0.113.7"]
      additional_location = [{
        capacity             = 1
        gateway_regional_url = "https://contoso-northeurope-01.regional.azure-api.net"
        location             = "North Europe"
        private_ip_addresses = []
        public_ip_address_id = ""
        public_ip_addresses  = ["198.51.100.9"]
        zones                = []
      }]
      identity = [{
        type         = "SystemAssigned"
        principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  assert {
    condition = (
      one(azurerm_linux_web_app.Shop_Backend_9DA02CC4.site_config[0].ip_restriction).ip_address ==
      "198.51.100.9/32,203.0.113.7/32"
    )
    error_message = "The app does not let in the gateway's addresses, and no others."
  }

  assert {
    condition     = azurerm_linux_web_app.Shop_Backend_9DA02CC4.site_config[0].ip_restriction_default_action == "Deny"
    error_message = "The app lets in the addresses that no rule names."
  }

  assert {
    condition = (
      one(azurerm_linux_web_app.Shop_Backend_9DA02CC4.site_config[0].scm_ip_restriction).ip_address == var.publish_from &&
      azurerm_linux_web_app.Shop_Backend_9DA02CC4.site_config[0].scm_ip_restriction_default_action == "Deny"
    )
    error_message = "Others than the pipeline can publish code."
  }
}

# An override takes the place of all values of the mock. Each run makes one of them wrong.
run "gateway-without-system-assigned-identity" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      sku_name            = "Premium_1"
      public_ip_addresses = ["203.0.113.7"]
      additional_location = []
      identity            = []
    }
  }

  expect_failures = [data.azurerm_api_management.Gateway_43CB3636]
}

run "allow-list-at-plan" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      sku_name            = "Premium_1"
      public_ip_addresses = ["203.0.113.7"]
      additional_location = []
      identity = [{
        type         = "SystemAssigned"
        principal_id = "contoso"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  expect_failures = [
    azurerm_linux_web_app.Invoices_Backend_64CEE260,
    azurerm_linux_web_app.Shop_Backend_9DA02CC4,
  ]
}

run "publishing-address-at-plan" {
  command = plan

  variables {
    publish_from = "0.0.0.0/0"
  }

  expect_failures = [azurerm_linux_web_app.Shop_Backend_9DA02CC4]
}

run "unsupported-tier-at-plan-for-private-endpoints" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      sku_name            = "Basic_1"
      public_ip_addresses = ["203.0.113.7"]
      additional_location = []
      identity = [{
        type         = "SystemAssigned"
        principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  expect_failures = [azurerm_linux_web_app.Invoices_Backend_64CEE260]
}

run "unsupported-tier-at-plan-for-addresses" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      sku_name            = "StandardV2_1"
      public_ip_addresses = ["203.0.113.7"]
      additional_location = []
      identity = [{
        type         = "SystemAssigned"
        principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  expect_failures = [azurerm_linux_web_app.Shop_Backend_9DA02CC4]
}

run "gateway-addresses-at-plan" {
  command = plan

  override_data {
    target = data.azurerm_api_management.Gateway_43CB3636
    values = {
      sku_name            = "Premium_1"
      public_ip_addresses = []
      additional_location = []
      identity = [{
        type         = "SystemAssigned"
        principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
        tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
        identity_ids = []
      }]
    }
  }

  expect_failures = [azurerm_linux_web_app.Shop_Backend_9DA02CC4]
}
