/** The modules of providers that the quickstart loads: those of its resources, and no others. */
export const MODULES_OF_QUICKSTART = [
  "azuread/lib/app-role-assignment",
  "azuread/lib/application",
  "azuread/lib/provider",
  "azuread/lib/service-principal",
  "azurerm/lib/api-management",
  "azurerm/lib/api-management-api",
  "azurerm/lib/api-management-api-operation",
  "azurerm/lib/api-management-api-policy",
  "azurerm/lib/api-management-backend",
  "azurerm/lib/data-azurerm-client-config",
  "azurerm/lib/linux-function-app",
  "azurerm/lib/provider",
  "azurerm/lib/resource-group",
  "azurerm/lib/role-assignment",
  "azurerm/lib/service-plan",
  "azurerm/lib/storage-account",
];
