# What Azure answers in the tests of the examples. Each id, host and principal looks as it does there.

mock_data "azurerm_client_config" {
  defaults = {
    client_id       = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e01"
    object_id       = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e02"
    subscription_id = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03"
    tenant_id       = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
  }
}

mock_data "azurerm_api_management" {
  defaults = {
    id                  = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.ApiManagement/service/contoso"
    gateway_url         = "https://contoso.azure-api.net"
    sku_name            = "Premium_1"
    public_ip_addresses = ["203.0.113.7"]
    additional_location = []
    identity = [{
      type         = "SystemAssigned"
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
      identity_ids = []
    }]
  }
}

mock_data "azurerm_api_management_api" {
  defaults = {
    id                    = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e05/resourceGroups/platform/providers/Microsoft.ApiManagement/service/contoso/apis/stock"
    is_current            = true
    is_online             = true
    path                  = "stock"
    protocols             = ["https"]
    subscription_required = true
    version               = ""
    version_set_id        = ""
    subscription_key_parameter_names = [{
      header = "Ocp-Apim-Subscription-Key"
      query  = "subscription-key"
    }]
  }
}

mock_data "azurerm_key_vault" {
  defaults = {
    id                         = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/secrets/providers/Microsoft.KeyVault/vaults/contoso-secrets"
    vault_uri                  = "https://contoso-secrets.vault.azure.net/"
    enable_rbac_authorization  = true
    rbac_authorization_enabled = true
  }
}

mock_resource "azurerm_resource_group" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso"
  }
}

mock_resource "azurerm_api_management" {
  defaults = {
    id          = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ApiManagement/service/contoso"
    gateway_url = "https://contoso.azure-api.net"
    identity = {
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000001"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    }
  }
}

mock_resource "azurerm_api_management_api_version_set" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ApiManagement/service/contoso/apiVersionSets/orders"
  }
}

mock_resource "azurerm_api_management_logger" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ApiManagement/service/contoso/loggers/logger"
  }
}

mock_resource "azurerm_user_assigned_identity" {
  defaults = {
    id           = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ManagedIdentity/userAssignedIdentities/contoso-gateway"
    client_id    = "5c0ffee0-6a7e-4a11-b0d1-000000000003"
    principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000002"
    tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
  }
}

mock_resource "azurerm_service_plan" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Web/serverFarms/app"
  }
}

mock_resource "azurerm_linux_web_app" {
  defaults = {
    id               = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Web/sites/app"
    default_hostname = "app.azurewebsites.net"
    identity = {
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000004"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    }
  }
}

mock_resource "azurerm_linux_web_app_slot" {
  defaults = {
    id               = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Web/sites/app/slots/staging"
    default_hostname = "app-staging.azurewebsites.net"
  }
}

mock_resource "azurerm_linux_function_app" {
  defaults = {
    id               = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Web/sites/functions"
    default_hostname = "functions.azurewebsites.net"
    identity = {
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000005"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    }
  }
}

mock_resource "azurerm_windows_function_app" {
  defaults = {
    id               = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Web/sites/functions"
    default_hostname = "functions.azurewebsites.net"
    identity = {
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000005"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    }
  }
}

mock_resource "azurerm_function_app_flex_consumption" {
  defaults = {
    id               = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Web/sites/functions"
    default_hostname = "functions.azurewebsites.net"
    identity = {
      principal_id = "5c0ffee0-6a7e-4a11-b0d1-000000000005"
      tenant_id    = "1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e04"
    }
  }
}

mock_resource "azurerm_container_app_environment" {
  defaults = {
    id             = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.App/managedEnvironments/environment"
    default_domain = "calmsea-0a1b2c3d.westeurope.azurecontainerapps.io"
  }
}

mock_resource "azurerm_api_management_api" {
  defaults = {
    id         = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.ApiManagement/service/contoso/apis/api;rev=1"
    is_current = true
    is_online  = true
  }
}

mock_resource "azurerm_container_app" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.App/containerApps/container"
    ingress = {
      fqdn = "container.calmsea-0a1b2c3d.westeurope.azurecontainerapps.io"
    }
  }
}

mock_resource "azurerm_storage_account" {
  defaults = {
    id                    = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Storage/storageAccounts/contosofiles"
    primary_blob_endpoint = "https://contosofiles.blob.core.windows.net/"
  }
}

mock_resource "azurerm_storage_container" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Storage/storageAccounts/contosofiles/blobServices/default/containers/files"
  }
}

mock_resource "azurerm_cognitive_account" {
  defaults = {
    id       = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.CognitiveServices/accounts/models"
    endpoint = "https://models.openai.azure.com/"
  }
}

mock_resource "azurerm_application_insights" {
  defaults = {
    id                  = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Insights/components/contoso"
    connection_string   = "InstrumentationKey=5c0ffee0-6a7e-4a11-b0d1-000000000006;IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/"
    instrumentation_key = "5c0ffee0-6a7e-4a11-b0d1-000000000006"
  }
}

mock_resource "azurerm_virtual_network" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Network/virtualNetworks/contoso-platform"
  }
}

mock_resource "azurerm_subnet" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Network/virtualNetworks/contoso-platform/subnets/gateway"
  }
}

mock_resource "azurerm_network_security_group" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Network/networkSecurityGroups/gateway"
  }
}

mock_resource "azurerm_private_dns_zone" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/contoso/providers/Microsoft.Network/privateDnsZones/privatelink.azurewebsites.net"
  }
}

mock_resource "azurerm_dns_cname_record" {
  defaults = {
    id = "/subscriptions/1b0a7f5e-6c1d-4f37-8a52-0a8a9c1d2e03/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com/CNAME/api"
  }
}
