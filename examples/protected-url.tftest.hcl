# The gateway asks for a token for a registration that somebody else owns, and the output names the identity to let in.

mock_provider "azurerm" {
  source = "./mocks"
}

variables {
  backend_client_id = "0b5c4a5e-7d1f-4b7c-9f0e-3a1b2c3d4e5f"
}

# No run breaks policy-value-not-allowed of azurerm_api_management_api_policy.Legacy_Policy_2987B123: audience-at-plan comes first, and accepts less.

run "a-token-for-the-backend" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Legacy_Policy_2987B123.xml_content,
    ))) == var.backend_client_id
    error_message = "The gateway does not ask for one token, for the backend's registration."
  }

  assert {
    condition     = output.gateway_principal_id == azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    error_message = "The output names another identity than the gateway's."
  }

  assert {
    condition     = azurerm_api_management_backend.Legacy_BackendEntity_EB7F8C4C.url == "https://legacy.contoso.com/v2"
    error_message = "The token goes to another backend."
  }
}

run "audience-at-plan" {
  command = plan

  variables {
    backend_client_id = "https://management.azure.com"
  }

  expect_failures = [azurerm_api_management_backend.Legacy_BackendEntity_EB7F8C4C]
}
