# The gateway chooses between two accounts without keys, and sends both the token of Azure OpenAI.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azapi" {
  source = "./mocks"
}

override_resource {
  target = azurerm_cognitive_account.First
  values = {
    id       = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.CognitiveServices/accounts/first"
    endpoint = "https://first.openai.azure.com/"
  }
}

override_resource {
  target = azurerm_cognitive_account.Second
  values = {
    id       = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.CognitiveServices/accounts/second"
    endpoint = "https://second.openai.azure.com/"
  }
}

# Before the apply: after it, Terraform plans with what it has applied.
run "insecure-url-at-plan" {
  command = plan

  override_resource {
    target          = azurerm_cognitive_account.First
    override_during = plan
    values = {
      endpoint = "http://first.openai.azure.com/"
    }
  }

  override_resource {
    target          = azurerm_cognitive_account.Second
    override_during = plan
    values = {
      endpoint = "http://second.openai.azure.com/"
    }
  }

  expect_failures = [
    azurerm_api_management_backend.ModelsApi_Member-first_BackendEntity_3A22B685,
    azurerm_api_management_backend.ModelsApi_Member-second_BackendEntity_8AD26EBA,
  ]
}

run "both-accounts-answer-and-take-no-key" {
  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.ModelsApi_Policy_A3917151.xml_content,
    ))) == "https://ai.azure.com"
    error_message = "The gateway does not ask for one token, for the v1 API of Azure OpenAI."
  }

  assert {
    condition = one(flatten(regexall(
      "<set-backend-service [^>]*backend-id=\"([^\"]*)\"",
      azurerm_api_management_api_policy.ModelsApi_Policy_A3917151.xml_content,
    ))) == azapi_resource.ModelsApi_BackendPool_399BB137.name
    error_message = "The policy does not call the pool."
  }

  assert {
    condition = azapi_resource.ModelsApi_BackendPool_399BB137.body == {
      properties = {
        type = "Pool"
        pool = {
          services = [
            {
              id       = azurerm_api_management_backend.ModelsApi_Member-first_BackendEntity_3A22B685.id
              priority = 1
              weight   = 1
            },
            {
              id       = azurerm_api_management_backend.ModelsApi_Member-second_BackendEntity_8AD26EBA.id
              priority = 2
              weight   = 1
            },
          ]
        }
      }
    }
    error_message = "The pool does not consist of the first account and, while it is busy, the second."
  }

  assert {
    condition     = azapi_resource.ModelsApi_BackendPool_399BB137.parent_id == azurerm_api_management.Gateway_43CB3636.id
    error_message = "The pool is on another gateway."
  }

  assert {
    condition = (
      azurerm_api_management_backend.ModelsApi_Member-first_BackendEntity_3A22B685.url == "https://first.openai.azure.com/openai/v1" &&
      azurerm_api_management_backend.ModelsApi_Member-second_BackendEntity_8AD26EBA.url == "https://second.openai.azure.com/openai/v1"
    )
    error_message = "The token goes to another address than the accounts'."
  }

  assert {
    condition = alltrue([
      for entity in [
        azurerm_api_management_backend.ModelsApi_Member-first_BackendEntity_3A22B685,
        azurerm_api_management_backend.ModelsApi_Member-second_BackendEntity_8AD26EBA,
      ] : entity.circuit_breaker_rule[0].accept_retry_after_enabled
    ])
    error_message = "The gateway calls an account before the time in its Retry-After header."
  }

  assert {
    condition = toset([
      for assignment in [
        azurerm_role_assignment.SecureApimBackendRoles_Gateway_cognitiveservicesopenaiuser_azurerm_cognitive_accountFirstid_5D335B18,
        azurerm_role_assignment.SecureApimBackendRoles_Gateway_cognitiveservicesopenaiuser_azurerm_cognitive_accountSecondid_C1FBAFC8,
      ] : "${assignment.role_definition_name} ${assignment.principal_id} ${assignment.scope}"
      ]) == toset([
      for account in [azurerm_cognitive_account.First, azurerm_cognitive_account.Second] :
      "Cognitive Services OpenAI User ${azurerm_api_management.Gateway_43CB3636.identity[0].principal_id} ${account.id}"
    ])
    error_message = "The gateway does not have the role of a user on both accounts."
  }

  assert {
    condition = (
      azurerm_cognitive_account.First.local_auth_enabled == false &&
      azurerm_cognitive_account.Second.local_auth_enabled == false
    )
    error_message = "An account takes keys."
  }
}
