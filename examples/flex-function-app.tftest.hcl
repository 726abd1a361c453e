# Nobody gets into the function app on Flex Consumption but the gateway, and the app has two roles on its storage account.

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
      azurerm_api_management_api_policy.Thumbnails_Policy_7DE89D55.xml_content,
    ))) == azuread_application.Thumbnails_Backend_Registration_74E6E7AC.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }

  assert {
    condition = (
      azurerm_function_app_flex_consumption.Thumbnails_Backend_C4A9BA37.auth_settings_v2[0].active_directory_v2[0].allowed_identities ==
      tolist([azurerm_api_management.Gateway_43CB3636.identity[0].principal_id])
    )
    error_message = "The app does not let in the gateway's identity, and no other."
  }

  assert {
    condition = (
      azurerm_function_app_flex_consumption.Thumbnails_Backend_C4A9BA37.auth_settings_v2[0].active_directory_v2[0].allowed_audiences ==
      tolist([azuread_application.Thumbnails_Backend_Registration_74E6E7AC.client_id])
    )
    error_message = "The app accepts tokens for something else than its registration."
  }

  assert {
    condition = (
      azurerm_function_app_flex_consumption.Thumbnails_Backend_C4A9BA37.auth_settings_v2[0].require_authentication &&
      azurerm_function_app_flex_consumption.Thumbnails_Backend_C4A9BA37.auth_settings_v2[0].unauthenticated_action == "Return401"
    )
    error_message = "The app answers calls without a token."
  }

  assert {
    condition = (
      azuread_app_role_assignment.Thumbnails_Backend_Registration_Invoke-Gateway_73312A70.principal_object_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the registration's role."
  }
}

run "the-app-has-roles-on-its-storage" {
  assert {
    condition = [
      for role in [
        azurerm_role_assignment.Thumbnails_Backend_StorageRoles_storage-blob-data-owner_ECF6FAA9,
        azurerm_role_assignment.Thumbnails_Backend_StorageRoles_storage-queue-data-contributor_0A50409B,
      ] : role.role_definition_name
      if(
        role.scope == azurerm_storage_account.Thumbnails_Backend_Storage_4A56B01A.id &&
        role.principal_id == azurerm_function_app_flex_consumption.Thumbnails_Backend_C4A9BA37.identity[0].principal_id
      )
    ] == ["Storage Blob Data Owner", "Storage Queue Data Contributor"]
    error_message = "The app does not have its two roles."
  }

  assert {
    condition     = azurerm_storage_account.Thumbnails_Backend_Storage_4A56B01A.shared_access_key_enabled == false
    error_message = "The storage account has keys."
  }

  assert {
    condition     = azurerm_function_app_flex_consumption.Thumbnails_Backend_C4A9BA37.instance_memory_in_mb == 512
    error_message = "The app has another memory size."
  }
}
