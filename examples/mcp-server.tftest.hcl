# Each server refuses clients without a token for it, and tells them where its own document is. Its document is right.

mock_provider "azurerm" {
  source = "./mocks"
}

mock_provider "azuread" {
  source = "./mocks"
}

mock_provider "azapi" {
  source = "./mocks"
}

variables {
  key_vault_name           = "contoso-secrets"
  key_vault_resource_group = "secrets"
}

override_resource {
  target = azuread_application.OrdersToolsRegistration_A31E38E2
  values = {
    id        = "/applications/a99ca710-0000-4000-8000-0000000000a0"
    client_id = "a99ca710-0000-4000-8000-0000000000a1"
  }
}

override_resource {
  target = azuread_application.DocsRegistration_1003571F
  values = {
    id        = "/applications/a99ca710-0000-4000-8000-0000000000d0"
    client_id = "a99ca710-0000-4000-8000-0000000000d1"
  }
}

override_resource {
  target = azuread_application.Orders_Callers_Registration_D43D1908
  values = {
    client_id = "a99ca710-0000-4000-8000-00000000000c"
  }
}

override_resource {
  target = azapi_resource.OrdersTools_66FBDB2A
  values = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ApiManagement/service/contoso/apis/orders-tools"
  }
}

run "policy-value-not-allowed" {
  command = plan

  variables {
    host_name = "api.contoso.com/any\"thing"
  }

  expect_failures = [
    azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E,
    azurerm_api_management_api_policy.OrdersTools_Metadata_Policy_77E09CF9,
    azurerm_api_management_api_policy.Docs_Policy_F58F3509,
    azurerm_api_management_api_policy.Docs_Metadata_Policy_144FFE74,
    azurerm_api_management_custom_domain.Gateway_CustomDomain_D7983011,
  ]
}

run "custom-domain-at-plan" {
  command = plan

  variables {
    host_name = "api.contoso.com/any\"thing"
  }

  expect_failures = [
    azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E,
    azurerm_api_management_api_policy.OrdersTools_Metadata_Policy_77E09CF9,
    azurerm_api_management_api_policy.Docs_Policy_F58F3509,
    azurerm_api_management_api_policy.Docs_Metadata_Policy_144FFE74,
    azurerm_api_management_custom_domain.Gateway_CustomDomain_D7983011,
  ]
}

run "each-server-takes-tokens-for-itself-from-visual-studio-code-only" {
  assert {
    condition = (
      flatten(regexall(
        "<audience>([^<]*)</audience>",
        azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E.xml_content,
      )) == [azuread_application.OrdersToolsRegistration_A31E38E2.client_id] &&
      flatten(regexall(
        "<audience>([^<]*)</audience>",
        azurerm_api_management_api_policy.Docs_Policy_F58F3509.xml_content,
      )) == [azuread_application.DocsRegistration_1003571F.client_id]
    )
    error_message = "A server accepts tokens for something else."
  }

  assert {
    condition = alltrue([
      for policy in [
        azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E,
        azurerm_api_management_api_policy.Docs_Policy_F58F3509,
        ] : flatten(regexall("<application-id>([^<]*)</application-id>", policy.xml_content)) == [
        "aebc6443-996d-45c2-90f0-388ff96faa56",
      ]
    ])
    error_message = "A server accepts tokens of another client than Visual Studio Code."
  }
}

run "each-server-names-its-own-document" {
  assert {
    condition = one(flatten(regexall(
      "<value>Bearer resource_metadata=\"([^\"]*)\"</value>",
      azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E.xml_content,
    ))) == "https://api.contoso.com/.well-known/oauth-protected-resource/orders-tools/mcp"
    error_message = "The 401 of the tools does not name the document about them."
  }

  assert {
    condition = one(flatten(regexall(
      "<value>Bearer resource_metadata=\"([^\"]*)\"</value>",
      azurerm_api_management_api_policy.Docs_Policy_F58F3509.xml_content,
    ))) == "https://api.contoso.com/.well-known/oauth-protected-resource/docs/mcp"
    error_message = "The 401 of the app does not name the document about it."
  }

  assert {
    condition = (
      "https://api.contoso.com/${azurerm_api_management_api.OrdersTools_Metadata_6CD8D55C.path}${azurerm_api_management_api_operation.OrdersTools_Metadata_Operation_0AA41D42.url_template}" ==
      "https://api.contoso.com/.well-known/oauth-protected-resource/orders-tools/mcp" &&
      !azurerm_api_management_api.OrdersTools_Metadata_6CD8D55C.subscription_required
    )
    error_message = "The document is not where the 401 says, or it takes a key."
  }
}

run "the-documents-say-where-to-get-a-token" {
  assert {
    condition = jsondecode(one(flatten(regexall(
      "<set-body>(.*)</set-body>",
      azurerm_api_management_api_policy.OrdersTools_Metadata_Policy_77E09CF9.xml_content,
      )))) == {
      resource                 = output.orders_tools_url
      authorization_servers    = ["https://login.microsoftonline.com/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04/v2.0"]
      scopes_supported         = ["${azuread_application_identifier_uri.OrdersToolsRegistration_Uri_F9CB059F.identifier_uri}/Mcp.Access"]
      bearer_methods_supported = ["header"]
    }
    error_message = "The document about the tools is wrong."
  }

  assert {
    condition     = output.orders_tools_url == "https://api.contoso.com/orders-tools/mcp"
    error_message = "The tools have another address."
  }

  assert {
    condition = jsondecode(one(flatten(regexall(
      "<set-body>(.*)</set-body>",
      azurerm_api_management_api_policy.Docs_Metadata_Policy_144FFE74.xml_content,
      )))) == {
      resource                 = output.docs_url
      authorization_servers    = ["https://login.microsoftonline.com/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04/v2.0"]
      scopes_supported         = ["${azuread_application_identifier_uri.DocsRegistration_Uri_67DB415E.identifier_uri}/Mcp.Access"]
      bearer_methods_supported = ["header"]
    }
    error_message = "The document about the app is wrong."
  }
}

run "tools-are-operations-that-only-the-gateway-can-call" {
  assert {
    condition = (
      azapi_resource.OrdersTools_Tool-get_order_A13D48FF.body.properties.operationId ==
      "${azurerm_api_management.Gateway_43CB3636.id}/apis/orders/operations/get-order"
    )
    error_message = "The tool is another operation."
  }

  assert {
    condition = (
      azapi_resource.OrdersTools_Tool-get_order_A13D48FF.locks == tolist([azapi_resource.OrdersTools_66FBDB2A.id]) &&
      azapi_resource.OrdersTools_Tool-list_orders_E96809B1.locks == tolist([azapi_resource.OrdersTools_66FBDB2A.id])
    )
    error_message = "Two tools could change at the same time."
  }

  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E.xml_content,
    ))) == azuread_application.Orders_Callers_Registration_D43D1908.client_id
    error_message = "The server does not ask for one token, for the API."
  }

  assert {
    condition = (
      one(flatten(regexall(
        "<validate-jwt [^>]*token-value=\"@\\(context.Request.Headers.GetValueOrDefault\\(&quot;([A-Za-z-]*)&quot;",
        azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      ))) == "X-Mcp-Api-Token" &&
      flatten(regexall(
        "<value>([^<]*)</value>",
        azurerm_api_management_api_policy.Orders_Policy_41E378C0.xml_content,
      )) == [azurerm_api_management.Gateway_43CB3636.identity[0].principal_id]
    )
    error_message = "The API lets in somebody else than the gateway."
  }
}

run "the-app-is-called-with-a-token-for-it" {
  assert {
    condition = (
      azapi_resource.Docs_A50029D5.body.properties.backendId ==
      azurerm_api_management_backend.Docs_BackendEntity_63D9B1AE.name
    )
    error_message = "The server calls another backend."
  }

  assert {
    condition = one(flatten(regexall(
      "<authentication-managed-identity [^>]*resource=\"([^\"]*)\"",
      azurerm_api_management_api_policy.Docs_Policy_F58F3509.xml_content,
    ))) == azuread_application.Docs_Backend_Registration_F1D39F5D.client_id
    error_message = "The gateway does not ask for one token, for the app's registration."
  }
}

run "responses-are-not-collected" {
  assert {
    condition = alltrue([
      for policy in [
        azurerm_api_management_api_policy.OrdersTools_Policy_84EE228E,
        azurerm_api_management_api_policy.Docs_Policy_F58F3509,
      ] : length(regexall("<forward-request [^>]*buffer-response=\"false\"", policy.xml_content)) == 1
    ])
    error_message = "The gateway collects the responses of a server."
  }
}
