# The gateway has a role on the account that has no keys, and sends it a token of Azure OpenAI.

mock_provider "azurerm" {
  source = "./mocks"
}

# Before the apply: after it, Terraform plans with what it has applied.
run "insecure-url-at-plan" {
  command = plan

  override_resource {
    target          = azurerm_cognitive_account.Models
    override_during = plan
    values = {
      endpoint = "http://models.openai.azure.com/"
    }
  }

  expect_failures = [azurerm_api_management_backend.ModelsApi_BackendEntity_4F7F6C4C]
}

run "the-gateway-has-a-role-and-no-key" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.ModelsApi_Policy_A3917151.xml_content,
    ))) == "https://cognitiveservices.azure.com"
    error_message = "The gateway does not ask for one token, for Azure OpenAI."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_cognitiveservicesopenaiuser_azurerm_cognitive_accountModelsid_8D9EA8CD.principal_id ==
      azurerm_api_management.Gateway_43CB3636.identity[0].principal_id
    )
    error_message = "Another identity than the gateway's has the role."
  }

  assert {
    condition = (
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_cognitiveservicesopenaiuser_azurerm_cognitive_accountModelsid_8D9EA8CD.role_definition_name == "Cognitive Services OpenAI User" &&
      azurerm_role_assignment.SecureApimBackendRoles_Gateway_cognitiveservicesopenaiuser_azurerm_cognitive_accountModelsid_8D9EA8CD.scope == azurerm_cognitive_account.Models.id
    )
    error_message = "The gateway does not have the role of a user on the account."
  }

  assert {
    condition     = azurerm_cognitive_account.Models.local_auth_enabled == false
    error_message = "The account takes keys."
  }

  assert {
    condition = (
      azurerm_api_management_backend.ModelsApi_BackendEntity_4F7F6C4C.url ==
      "https://models.openai.azure.com/openai"
    )
    error_message = "The token goes to another address than the account's."
  }
}
