"""A new gateway in front of a new function app."""

from cdktf import App, TerraformOutput, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.provider import (
    AzurermProvider,
    AzurermProviderFeatures,
    AzurermProviderFeaturesStorage,
)
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_secure_apim_backend import ApimGateway, AppRuntime, Backend, SecureApimBackend
from constructs import Construct


class Quickstart(TerraformStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        prefix = TerraformVariable(self, "name_prefix", type="string", default="contoso")
        location = TerraformVariable(self, "location", type="string", default="westeurope")

        # The function app's storage account has no keys: azurerm is told to do without them.
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
            name=f"{prefix.string_value}-quickstart",
            location=location.string_value,
        )

        gateway = ApimGateway(
            self,
            "Gateway",
            resource_group=resource_group,
            publisher_name="Contoso",
            publisher_email="api@contoso.com",
        )
        orders = SecureApimBackend(
            self,
            "Orders",
            gateway=gateway,
            backend=Backend.function_app(resource_group=resource_group, runtime=AppRuntime.node("22")),
        )

        TerraformOutput(self, "api_url", value=orders.api_url, static_id=True)
        TerraformOutput(self, "backend_url", value=orders.backend_url, static_id=True)
        TerraformOutput(self, "apim_id", value=gateway.apim_id, static_id=True)


app = App()
Quickstart(app, "quickstart")
app.synth()
