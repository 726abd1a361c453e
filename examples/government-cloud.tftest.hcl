# In Azure US Government, the app trusts the sign-in host of that cloud, and the gateway asks for tokens of that cloud.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

override_data {
  target = data.azurerm_key_vault.Vault
  values = {
    id        = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/contoso/providers/Microsoft.KeyVault/vaults/contoso-certificates"
    vault_uri = "https://contoso-certificates.vault.usgovcloudapi.net/"
  }
}

run "the-app-trusts-the-sign-in-host-of-the-cloud" {
  assert {
    condition = startswith(
      azurerm_linux_web_app.Orders_Backend_0F5C7089.auth_settings_v2[0].active_directory_v2[0].tenant_auth_endpoint,
      "https://login.microsoftonline.us/",
    )
    error_message = "The app trusts tokens of another cloud."
  }
}

run "the-gateway-asks-for-tokens-of-the-cloud" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Certificates_Policy_C4AF6F5A.xml_content,
    ))) == "https://vault.usgovcloudapi.net"
    error_message = "The gateway does not ask for one token, for the key vaults of the cloud."
  }

  assert {
    condition = (
      azurerm_api_management_backend.Certificates_BackendEntity_AAD849AF.url ==
      "https://contoso-certificates.vault.usgovcloudapi.net"
    )
    error_message = "The token goes to another address than the vault's."
  }
}

run "insecure-url-at-plan" {
  command = plan

  override_data {
    target = data.azurerm_key_vault.Vault
    values = {
      id        = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/contoso/providers/Microsoft.KeyVault/vaults/contoso-certificates"
      vault_uri = "http://contoso-certificates.vault.usgovcloudapi.net/"
    }
  }

  expect_failures = [azurerm_api_management_backend.Certificates_BackendEntity_AAD849AF]
}
