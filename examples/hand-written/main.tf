# An API, its gateway and its app, as they were written by hand: everyone who knows the address of the app can call it.

terraform {
  required_providers {
    azurerm = {
      source = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "orders" {
  name     = "contoso-orders"
  location = "westeurope"
}

resource "azurerm_api_management" "contoso" {
  name                = "contoso"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  publisher_name      = "Contoso"
  publisher_email     = "api@contoso.com"
  sku_name            = "BasicV2_1"

  identity {
    type = "SystemAssigned"
  }
}

resource "azurerm_service_plan" "orders" {
  name                = "contoso-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  os_type             = "Linux"
  sku_name            = "P0v3"
}

resource "azurerm_linux_web_app" "orders" {
  name                = "contoso-orders"
  resource_group_name = azurerm_resource_group.orders.name
  location            = azurerm_resource_group.orders.location
  service_plan_id     = azurerm_service_plan.orders.id
  https_only          = true

  ftp_publish_basic_authentication_enabled       = false
  webdeploy_publish_basic_authentication_enabled = false

  site_config {
    application_stack {
      node_version = "22-lts"
    }
  }
}

resource "azurerm_api_management_backend" "orders" {
  name                = "orders-app"
  api_management_name = azurerm_api_management.contoso.name
  resource_group_name = azurerm_resource_group.orders.name
  protocol            = "http"
  url                 = "https://${azurerm_linux_web_app.orders.default_hostname}"
}

resource "azurerm_api_management_api" "orders" {
  name                = "orders"
  api_management_name = azurerm_api_management.contoso.name
  resource_group_name = azurerm_resource_group.orders.name
  revision            = "1"
  display_name        = "Orders"
  path                = "orders"
  protocols           = ["https"]
}

resource "azurerm_api_management_api_operation" "get_order" {
  operation_id        = "get-order"
  api_name            = azurerm_api_management_api.orders.name
  api_management_name = azurerm_api_management.contoso.name
  resource_group_name = azurerm_resource_group.orders.name
  display_name        = "Get an order"
  method              = "GET"
  url_template        = "/orders/{id}"

  template_parameter {
    name     = "id"
    required = true
    type     = "string"
  }
}

resource "azurerm_api_management_api_policy" "orders" {
  api_name            = azurerm_api_management_api.orders.name
  api_management_name = azurerm_api_management.contoso.name
  resource_group_name = azurerm_resource_group.orders.name

  xml_content = <<-XML
    <policies>
      <inbound>
        <base />
        <rate-limit calls="20" renewal-period="90" />
        <set-backend-service backend-id="${azurerm_api_management_backend.orders.name}" />
      </inbound>
      <backend>
        <base />
      </backend>
      <outbound>
        <base />
      </outbound>
      <on-error>
        <base />
      </on-error>
    </policies>
  XML
}
