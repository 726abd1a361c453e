"""A function app that you declared yourself: its sign-in is set, and nothing else on it."""

from cdktf import App, Fn, TerraformOutput, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.data_azurerm_client_config import DataAzurermClientConfig
from cdktf_cdktf_provider_azurerm.linux_function_app import (
    LinuxFunctionApp,
    LinuxFunctionAppIdentity,
    LinuxFunctionAppSiteConfig,
    LinuxFunctionAppSiteConfigApplicationStack,
)
from cdktf_cdktf_provider_azurerm.provider import (
    AzurermProvider,
    AzurermProviderFeatures,
    AzurermProviderFeaturesStorage,
)
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_cdktf_provider_azurerm.role_assignment import RoleAssignment
from cdktf_cdktf_provider_azurerm.service_plan import ServicePlan
from cdktf_cdktf_provider_azurerm.storage_account import StorageAccount
from cdktf_secure_apim_backend import ApimGateway, ApimSku, Backend, SecureApimBackend
from constructs import Construct


class OwnApp(TerraformStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        prefix = TerraformVariable(self, "name_prefix", type="string", default="contoso")
        location = TerraformVariable(self, "location", type="string", default="westeurope")

        AzurermProvider(
            self,
            "azurerm",
            features=[
                AzurermProviderFeatures(storage=[AzurermProviderFeaturesStorage(data_plane_available=False)])
            ],
            storage_use_azuread=True,
        )
        AzureadProvider(self, "azuread")
        resource_group = ResourceGroup(
            self,
            "ResourceGroup",
            name=f"{prefix.string_value}-own-app",
            location=location.string_value,
        )
        # The app and its storage account need names that nobody else in Azure has.
        client = DataAzurermClientConfig(self, "Client")
        unique = Fn.substr(Fn.sha256(Fn.join("/", [client.subscription_id, resource_group.name])), 0, 10)

        storage = StorageAccount(
            self,
            "Storage",
            resource_group_name=resource_group.name,
            location=resource_group.location,
            name=f"invoices{unique}",
            account_tier="Standard",
            account_replication_type="ZRS",
            shared_access_key_enabled=False,
            allow_nested_items_to_be_public=False,
        )
        plan = ServicePlan(
            self,
            "Plan",
            resource_group_name=resource_group.name,
            location=resource_group.location,
            name=f"{prefix.string_value}-invoices",
            os_type="Linux",
            sku_name="P0v3",
        )
        app = LinuxFunctionApp(
            self,
            "Invoices",
            resource_group_name=resource_group.name,
            location=resource_group.location,
            name=f"invoices-{unique}",
            service_plan_id=plan.id,
            storage_account_name=storage.name,
            storage_uses_managed_identity=True,
            identity=LinuxFunctionAppIdentity(type="SystemAssigned"),
            https_only=True,
            ftp_publish_basic_authentication_enabled=False,
            webdeploy_publish_basic_authentication_enabled=False,
            site_config=LinuxFunctionAppSiteConfig(
                always_on=True,
                application_stack=LinuxFunctionAppSiteConfigApplicationStack(python_version="3.12"),
            ),
        )
        RoleAssignment(
            self,
            "StorageRole",
            scope=storage.id,
            role_definition_name="Storage Blob Data Owner",
            principal_id=app.identity.principal_id,
            principal_type="ServicePrincipal",
        )

        gateway = ApimGateway(
            self,
            "Gateway",
            resource_group=resource_group,
            publisher_name="Contoso",
            publisher_email="api@contoso.com",
            sku=ApimSku.BASIC_V2,
        )
        invoices = SecureApimBackend(
            self,
            "InvoicesApi",
            gateway=gateway,
            backend=Backend.from_linux_function_app(app),
        )

        TerraformOutput(self, "api_url", value=invoices.api_url, static_id=True)
        TerraformOutput(self, "backend_url", value=invoices.backend_url, static_id=True)
        TerraformOutput(self, "apim_id", value=gateway.apim_id, static_id=True)


app = App()
OwnApp(app, "own-app")
app.synth()
