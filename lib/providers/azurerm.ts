import type {
  ApiManagement,
  apiManagementCertificateToTerraform,
  apiManagementSecurityToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management";
import type {
  ApiManagementApi,
  apiManagementApiImportToTerraform,
  apiManagementApiSubscriptionKeyParameterNamesToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-api";
import type {
  ApiManagementApiDiagnostic,
  apiManagementApiDiagnosticFrontendRequestToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-api-diagnostic";
import type { ApiManagementApiOperation } from "@cdktf/provider-azurerm/lib/api-management-api-operation";
import type { ApiManagementApiOperationPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-operation-policy";
import type { ApiManagementApiPolicy } from "@cdktf/provider-azurerm/lib/api-management-api-policy";
import type { ApiManagementApiTag } from "@cdktf/provider-azurerm/lib/api-management-api-tag";
import type { ApiManagementApiVersionSet } from "@cdktf/provider-azurerm/lib/api-management-api-version-set";
import type {
  ApiManagementBackend,
  apiManagementBackendTlsToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-backend";
import type {
  ApiManagementCustomDomain,
  apiManagementCustomDomainGatewayToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-custom-domain";
import type { ApiManagementLogger } from "@cdktf/provider-azurerm/lib/api-management-logger";
import type {
  ApiManagementNamedValue,
  apiManagementNamedValueValueFromKeyVaultToTerraform,
} from "@cdktf/provider-azurerm/lib/api-management-named-value";
import type { ApiManagementPolicyFragment } from "@cdktf/provider-azurerm/lib/api-management-policy-fragment";
import type { ApiManagementProduct } from "@cdktf/provider-azurerm/lib/api-management-product";
import type { ApiManagementProductApi } from "@cdktf/provider-azurerm/lib/api-management-product-api";
import type { ApiManagementTag } from "@cdktf/provider-azurerm/lib/api-management-tag";
import type { ContainerApp } from "@cdktf/provider-azurerm/lib/container-app";
import type { ContainerAppEnvironment } from "@cdktf/provider-azurerm/lib/container-app-environment";
import type { DataAzurermApiManagement } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management";
import type { DataAzurermApiManagementApi } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api";
import type { DataAzurermApiManagementApiVersionSet } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-api-version-set";
import type { DataAzurermApiManagementProduct } from "@cdktf/provider-azurerm/lib/data-azurerm-api-management-product";
import type { DataAzurermClientConfig } from "@cdktf/provider-azurerm/lib/data-azurerm-client-config";
import type { FunctionAppFlexConsumption } from "@cdktf/provider-azurerm/lib/function-app-flex-consumption";
import type { LinuxFunctionApp } from "@cdktf/provider-azurerm/lib/linux-function-app";
import type { LinuxFunctionAppSlot } from "@cdktf/provider-azurerm/lib/linux-function-app-slot";
import type { LinuxWebApp } from "@cdktf/provider-azurerm/lib/linux-web-app";
import type { LinuxWebAppSlot } from "@cdktf/provider-azurerm/lib/linux-web-app-slot";
import type { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import type { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import type { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import type { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import type { ServicePlan } from "@cdktf/provider-azurerm/lib/service-plan";
import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import type { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import type { WindowsFunctionApp } from "@cdktf/provider-azurerm/lib/windows-function-app";
import type { WindowsFunctionAppSlot } from "@cdktf/provider-azurerm/lib/windows-function-app-slot";
import type { WindowsWebApp } from "@cdktf/provider-azurerm/lib/windows-web-app";
import type { WindowsWebAppSlot } from "@cdktf/provider-azurerm/lib/windows-web-app-slot";
import { loadedOnUse } from "../core/loaded-on-use";

/* eslint-disable @typescript-eslint/no-require-imports -- here only */

/**
 * What the library uses of the azurerm provider. Each module is loaded when its class or function is first used: together they are
 * larger than the rest of the library.
 *
 * @see docs/design/decisions.md#providers-are-loaded-on-use
 */
export const azurerm = loadedOnUse({
  ApiManagement: (): typeof ApiManagement => require("@cdktf/provider-azurerm/lib/api-management").ApiManagement,
  ApiManagementApi: (): typeof ApiManagementApi =>
    require("@cdktf/provider-azurerm/lib/api-management-api").ApiManagementApi,
  ApiManagementApiDiagnostic: (): typeof ApiManagementApiDiagnostic =>
    require("@cdktf/provider-azurerm/lib/api-management-api-diagnostic").ApiManagementApiDiagnostic,
  apiManagementApiDiagnosticFrontendRequestToTerraform:
    (): typeof apiManagementApiDiagnosticFrontendRequestToTerraform =>
      require("@cdktf/provider-azurerm/lib/api-management-api-diagnostic")
        .apiManagementApiDiagnosticFrontendRequestToTerraform,
  apiManagementApiImportToTerraform: (): typeof apiManagementApiImportToTerraform =>
    require("@cdktf/provider-azurerm/lib/api-management-api").apiManagementApiImportToTerraform,
  ApiManagementApiOperation: (): typeof ApiManagementApiOperation =>
    require("@cdktf/provider-azurerm/lib/api-management-api-operation").ApiManagementApiOperation,
  ApiManagementApiOperationPolicy: (): typeof ApiManagementApiOperationPolicy =>
    require("@cdktf/provider-azurerm/lib/api-management-api-operation-policy").ApiManagementApiOperationPolicy,
  ApiManagementApiPolicy: (): typeof ApiManagementApiPolicy =>
    require("@cdktf/provider-azurerm/lib/api-management-api-policy").ApiManagementApiPolicy,
  apiManagementApiSubscriptionKeyParameterNamesToTerraform:
    (): typeof apiManagementApiSubscriptionKeyParameterNamesToTerraform =>
      require("@cdktf/provider-azurerm/lib/api-management-api")
        .apiManagementApiSubscriptionKeyParameterNamesToTerraform,
  ApiManagementApiTag: (): typeof ApiManagementApiTag =>
    require("@cdktf/provider-azurerm/lib/api-management-api-tag").ApiManagementApiTag,
  ApiManagementApiVersionSet: (): typeof ApiManagementApiVersionSet =>
    require("@cdktf/provider-azurerm/lib/api-management-api-version-set").ApiManagementApiVersionSet,
  ApiManagementBackend: (): typeof ApiManagementBackend =>
    require("@cdktf/provider-azurerm/lib/api-management-backend").ApiManagementBackend,
  apiManagementBackendTlsToTerraform: (): typeof apiManagementBackendTlsToTerraform =>
    require("@cdktf/provider-azurerm/lib/api-management-backend").apiManagementBackendTlsToTerraform,
  apiManagementCertificateToTerraform: (): typeof apiManagementCertificateToTerraform =>
    require("@cdktf/provider-azurerm/lib/api-management").apiManagementCertificateToTerraform,
  ApiManagementCustomDomain: (): typeof ApiManagementCustomDomain =>
    require("@cdktf/provider-azurerm/lib/api-management-custom-domain").ApiManagementCustomDomain,
  apiManagementCustomDomainGatewayToTerraform: (): typeof apiManagementCustomDomainGatewayToTerraform =>
    require("@cdktf/provider-azurerm/lib/api-management-custom-domain").apiManagementCustomDomainGatewayToTerraform,
  ApiManagementLogger: (): typeof ApiManagementLogger =>
    require("@cdktf/provider-azurerm/lib/api-management-logger").ApiManagementLogger,
  ApiManagementNamedValue: (): typeof ApiManagementNamedValue =>
    require("@cdktf/provider-azurerm/lib/api-management-named-value").ApiManagementNamedValue,
  apiManagementNamedValueValueFromKeyVaultToTerraform: (): typeof apiManagementNamedValueValueFromKeyVaultToTerraform =>
    require("@cdktf/provider-azurerm/lib/api-management-named-value")
      .apiManagementNamedValueValueFromKeyVaultToTerraform,
  ApiManagementPolicyFragment: (): typeof ApiManagementPolicyFragment =>
    require("@cdktf/provider-azurerm/lib/api-management-policy-fragment").ApiManagementPolicyFragment,
  ApiManagementProduct: (): typeof ApiManagementProduct =>
    require("@cdktf/provider-azurerm/lib/api-management-product").ApiManagementProduct,
  ApiManagementProductApi: (): typeof ApiManagementProductApi =>
    require("@cdktf/provider-azurerm/lib/api-management-product-api").ApiManagementProductApi,
  apiManagementSecurityToTerraform: (): typeof apiManagementSecurityToTerraform =>
    require("@cdktf/provider-azurerm/lib/api-management").apiManagementSecurityToTerraform,
  ApiManagementTag: (): typeof ApiManagementTag =>
    require("@cdktf/provider-azurerm/lib/api-management-tag").ApiManagementTag,
  ContainerApp: (): typeof ContainerApp => require("@cdktf/provider-azurerm/lib/container-app").ContainerApp,
  ContainerAppEnvironment: (): typeof ContainerAppEnvironment =>
    require("@cdktf/provider-azurerm/lib/container-app-environment").ContainerAppEnvironment,
  DataAzurermApiManagement: (): typeof DataAzurermApiManagement =>
    require("@cdktf/provider-azurerm/lib/data-azurerm-api-management").DataAzurermApiManagement,
  DataAzurermApiManagementApi: (): typeof DataAzurermApiManagementApi =>
    require("@cdktf/provider-azurerm/lib/data-azurerm-api-management-api").DataAzurermApiManagementApi,
  DataAzurermApiManagementApiVersionSet: (): typeof DataAzurermApiManagementApiVersionSet =>
    require("@cdktf/provider-azurerm/lib/data-azurerm-api-management-api-version-set")
      .DataAzurermApiManagementApiVersionSet,
  DataAzurermApiManagementProduct: (): typeof DataAzurermApiManagementProduct =>
    require("@cdktf/provider-azurerm/lib/data-azurerm-api-management-product").DataAzurermApiManagementProduct,
  DataAzurermClientConfig: (): typeof DataAzurermClientConfig =>
    require("@cdktf/provider-azurerm/lib/data-azurerm-client-config").DataAzurermClientConfig,
  FunctionAppFlexConsumption: (): typeof FunctionAppFlexConsumption =>
    require("@cdktf/provider-azurerm/lib/function-app-flex-consumption").FunctionAppFlexConsumption,
  LinuxFunctionApp: (): typeof LinuxFunctionApp =>
    require("@cdktf/provider-azurerm/lib/linux-function-app").LinuxFunctionApp,
  LinuxFunctionAppSlot: (): typeof LinuxFunctionAppSlot =>
    require("@cdktf/provider-azurerm/lib/linux-function-app-slot").LinuxFunctionAppSlot,
  LinuxWebApp: (): typeof LinuxWebApp => require("@cdktf/provider-azurerm/lib/linux-web-app").LinuxWebApp,
  LinuxWebAppSlot: (): typeof LinuxWebAppSlot =>
    require("@cdktf/provider-azurerm/lib/linux-web-app-slot").LinuxWebAppSlot,
  ManagementLock: (): typeof ManagementLock => require("@cdktf/provider-azurerm/lib/management-lock").ManagementLock,
  MonitorDiagnosticSetting: (): typeof MonitorDiagnosticSetting =>
    require("@cdktf/provider-azurerm/lib/monitor-diagnostic-setting").MonitorDiagnosticSetting,
  PrivateEndpoint: (): typeof PrivateEndpoint =>
    require("@cdktf/provider-azurerm/lib/private-endpoint").PrivateEndpoint,
  RoleAssignment: (): typeof RoleAssignment => require("@cdktf/provider-azurerm/lib/role-assignment").RoleAssignment,
  ServicePlan: (): typeof ServicePlan => require("@cdktf/provider-azurerm/lib/service-plan").ServicePlan,
  StorageAccount: (): typeof StorageAccount => require("@cdktf/provider-azurerm/lib/storage-account").StorageAccount,
  StorageContainer: (): typeof StorageContainer =>
    require("@cdktf/provider-azurerm/lib/storage-container").StorageContainer,
  WindowsFunctionApp: (): typeof WindowsFunctionApp =>
    require("@cdktf/provider-azurerm/lib/windows-function-app").WindowsFunctionApp,
  WindowsFunctionAppSlot: (): typeof WindowsFunctionAppSlot =>
    require("@cdktf/provider-azurerm/lib/windows-function-app-slot").WindowsFunctionAppSlot,
  WindowsWebApp: (): typeof WindowsWebApp => require("@cdktf/provider-azurerm/lib/windows-web-app").WindowsWebApp,
  WindowsWebAppSlot: (): typeof WindowsWebAppSlot =>
    require("@cdktf/provider-azurerm/lib/windows-web-app-slot").WindowsWebAppSlot,
});
