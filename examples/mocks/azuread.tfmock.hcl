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
