# What Microsoft Entra ID answers in the tests of the examples.

mock_resource "azuread_application" {
  defaults = {
    id        = "/applications/a99ca710-0000-4000-8000-000000000001"
    object_id = "a99ca710-0000-4000-8000-000000000001"
    client_id = "a99ca710-0000-4000-8000-000000000002"
  }
}

mock_resource "azuread_service_principal" {
  defaults = {
    id        = "/servicePrincipals/a99ca710-0000-4000-8000-000000000003"
    object_id = "a99ca710-0000-4000-8000-000000000003"
  }
}

mock_data "azuread_application" {
  defaults = {
    id           = "/applications/a99ca710-0000-4000-8000-000000000011"
    object_id    = "a99ca710-0000-4000-8000-000000000011"
    display_name = "Contoso Orders"
    api          = [{ requested_access_token_version = 2 }]
  }
}

mock_data "azuread_service_principal" {
  defaults = {
    id                           = "/servicePrincipals/a99ca710-0000-4000-8000-000000000013"
    object_id                    = "a99ca710-0000-4000-8000-000000000013"
    display_name                 = "Contoso Orders"
    account_enabled              = true
    app_role_assignment_required = true
    application_tenant_id        = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    app_role_ids                 = { Invoke = "a99ca710-0000-4000-8000-000000000014" }
    app_roles = [{
      id                   = "a99ca710-0000-4000-8000-000000000014"
      value                = "Invoke"
      display_name         = "Invoke"
      enabled              = true
      allowed_member_types = ["Application"]
    }]
  }
}
