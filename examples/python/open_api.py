"""An API with the operations of an OpenAPI document: path, title and description are the document's too."""

from pathlib import Path

from cdktf import App, TerraformOutput, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_secure_apim_backend import (
    ApimGateway,
    ApiSurface,
    AppRuntime,
    Backend,
    OperationPolicy,
    PolicyDocument,
    PolicyStatement,
    SecureApimBackend,
)
from constructs import Construct

DOCUMENT = Path(__file__).parent.parent / "open-api" / "orders.yaml"


class OpenApi(TerraformStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        prefix = TerraformVariable(self, "name_prefix", type="string", default="contoso")
        location = TerraformVariable(self, "location", type="string", default="westeurope")

        AzurermProvider(self, "azurerm", features=[AzurermProviderFeatures()])
        AzureadProvider(self, "azuread")
        resource_group = ResourceGroup(
            self,
            "ResourceGroup",
            name=f"{prefix.string_value}-open-api",
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
            backend=Backend.web_app(resource_group=resource_group, runtime=AppRuntime.node("22")),
            surface=ApiSurface.open_api_file(str(DOCUMENT)),
            operation_policies=[
                OperationPolicy(
                    operation_id="check-out",
                    policy=PolicyDocument.of(PolicyStatement.rate_limit(10, 60)),
                )
            ],
        )

        TerraformOutput(self, "api_url", value=orders.api_url, static_id=True)
        TerraformOutput(self, "backend_url", value=orders.backend_url, static_id=True)
        TerraformOutput(self, "apim_id", value=gateway.apim_id, static_id=True)


app = App()
OpenApi(app, "open-api")
app.synth()
