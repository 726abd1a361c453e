# The gateway may read one container of the account that has no keys, and nothing else.

mock_provider "azurerm" {
  source = "./mocks"
}

# Before the apply: after it, Terraform plans with what it has applied.
run "insecure-url-at-plan" {
  command = plan

  override_resource {
    target          = azurerm_storage_account.Files
    override_during = plan
    values = {
      primary_blob_endpoint = "http://contosofiles.blob.core.windows.net/"
    }
  }

  expect_failures = [azurerm_api_management_backend.Downloads_BackendEntity_486C7873]
}

run "the-gateway-reads-one-container" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Downloads_Policy_F8E0840C.xml_content,
    ))) == "https://storage.azure.com/"
    error_message = "The gateway does not ask for one token, for storage."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_containerBrochuresid_CA458721.principal_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the role."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_containerBrochuresid_CA458721.role_definition_name == "Storage Blob Data Reader" &&
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_storageblobdatareader_azurerm_storage_containerBrochuresid_CA458721.scope == azurerm_storage_container.Brochures.id
    )
    error_message = "The gateway does not have the role of a reader on the container."
  }

  assert {
    condition = (
      azurerm_storage_account.Files.shared_access_key_enabled == false &&
      azurerm_storage_account.Files.allow_nested_items_to_be_public == false
    )
    error_message = "The account has keys, or public blobs."
  }

  assert {
    condition = (
      azurerm_api_management_backend.Downloads_BackendEntity_486C7873.url ==
      "https://contosofiles.blob.core.windows.net"
    )
    error_message = "The token goes to another address than the account's."
  }
}
