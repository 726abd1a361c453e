# The gateway answers at one host name in two regions, and the shop's app lets it in from its addresses in both.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

variables {
  key_vault_name           = "contoso-secrets"
  key_vault_resource_group = "secrets"
  dns_zone_resource_group  = "dns"
  stock_client_id          = "3e4f5061-2b3c-4d4e-9f60-6b7c8d9e0f1a"
}

# No run breaks policy-value-not-allowed of azurerm_api_management_api_policy.Stock_Policy_079C2C76: audience-at-plan comes first, and accepts less.

override_resource {
  target = azurerm_api_management.Gateway_43CB3636
  values = {
    id                   = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ApiManagement/service/contoso"
    gateway_url          = "https://contoso.azure-api.net"
    gateway_regional_url = "https://contoso-westeurope-01.regional.azure-api.net"
    public_ip_addresses  = ["203.0.113.7"]
    additional_location = {
      gateway_regional_url = "https://contoso-northeurope-01.regional.azure-api.net"
      public_ip_addresses  = ["198.51.100.9"]
    }
    identity = {
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    }
  }
}

# First: the later runs have a gateway, whose addresses stay.
run "gateway-addresses-at-plan" {
  command = plan

  override_resource {
    target          = azurerm_api_management.Gateway_43CB3636
    override_during = plan
    values = {
      public_ip_addresses = ["203.0.113.7/0"]
    }
  }

  expect_failures = [azurerm_linux_web_app.Shop_Backend_9DA02CC4]
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

run "from-its-addresses-in-both-regions" {
  assert {
    condition = (
      one(azurerm_linux_web_app.Shop_Backend_9DA02CC4.site_config[0].ip_restriction).ip_address ==
      "198.51.100.9/32,203.0.113.7/32"
    )
    error_message = "The app does not let in the gateway's addresses in both regions, and no others."
  }

  assert {
    condition     = azurerm_linux_web_app.Shop_Backend_9DA02CC4.site_config[0].ip_restriction_default_action == "Deny"
    error_message = "The app lets in the addresses that no rule names."
  }
}

run "at-its-own-host-name" {
  assert {
    condition = (
      one(azurerm_api_management_custom_domain.Gateway_CustomDomain_D7983011.gateway).host_name == "api.contoso.com" &&
      output.api_url == "https://api.contoso.com/shop"
    )
    error_message = "The API does not have the address at which the gateway answers."
  }

  assert {
    condition = (
      one(azurerm_api_management_custom_domain.Gateway_CustomDomain_D7983011.gateway).key_vault_certificate_id ==
      "https://contoso-secrets.vault.azure.net/secrets/api"
    )
    error_message = "The certificate has a version, so the gateway would not take a new one."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_keyvaultsecretsuser_dataazurerm_key_vaultCertificatesid--secrets--api_167DEE03.scope ==
      "${data.azurerm_key_vault.Certificates.id}/secrets/api"
    )
    error_message = "The gateway may read something else than the certificate."
  }

  assert {
    condition = (
      azurerm_dns_cname_record.HostName.name == "api" &&
      azurerm_dns_cname_record.HostName.record == "contoso.azure-api.net"
    )
    error_message = "The host name does not lead to the gateway."
  }
}

run "trusts-the-internal-authority" {
  command = plan

  assert {
    condition = (
      one(azurerm_api_management.Gateway_43CB3636.certificate).store_name == "Root" &&
      azurerm_api_management_backend.Stock_BackendEntity_DB6CD95A.tls[0].validate_certificate_chain
    )
    error_message = "The gateway does not check the certificate of the stock's backend against the internal authority."
  }
}

run "custom-domain-at-plan" {
  command = plan

  variables {
    host_name = "https://api.contoso.com"
  }

  expect_failures = [azurerm_api_management_custom_domain.Gateway_CustomDomain_D7983011]
}

run "audience-at-plan" {
  command = plan

  variables {
    stock_client_id = "00000003-0000-0000-c000-000000000000"
  }

  expect_failures = [azurerm_api_management_backend.Stock_BackendEntity_DB6CD95A]
}
