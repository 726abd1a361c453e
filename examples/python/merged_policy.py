"""A policy that has been running for years, taken over as it stands, and secured: consumers bring a token of our tenant too."""

from pathlib import Path

from cdktf import App, TerraformOutput, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_secure_apim_backend import (
    ApimGateway,
    ApimSku,
    AppRuntime,
    Backend,
    PolicyDocument,
    PolicyStatement,
    SecureApimBackend,
)
from constructs import Construct

POLICY = Path(__file__).parent.parent / "policies" / "orders.xml"


class MergedPolicy(TerraformStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        prefix = TerraformVariable(self, "name_prefix", type="string", default="contoso")
        location = TerraformVariable(self, "location", type="string", default="westeurope")
        tenant_id = TerraformVariable(self, "consumer_tenant_id", type="string")
        audience = TerraformVariable(self, "consumer_audience", type="string")

        AzurermProvider(self, "azurerm", features=[AzurermProviderFeatures()])
        AzureadProvider(self, "azuread")
        resource_group = ResourceGroup(
            self,
            "ResourceGroup",
            name=f"{prefix.string_value}-merged-policy",
            location=location.string_value,
        )

        gateway = ApimGateway(
            self,
            "Gateway",
            resource_group=resource_group,
            publisher_name="Contoso",
            publisher_email="api@contoso.com",
            sku=ApimSku.BASIC_V2,
        )
        orders = SecureApimBackend(
            self,
            "Orders",
            gateway=gateway,
            backend=Backend.web_app(resource_group=resource_group, runtime=AppRuntime.dotnet("8.0")),
            policy=PolicyDocument.from_file(str(POLICY)).merge(
                PolicyDocument.of(
                    PolicyStatement.require_entra_token(
                        tenant_id=tenant_id.string_value,
                        audiences=[audience.string_value],
                    ),
                    PolicyStatement.forward_caller_identity(),
                )
            ),
        )

        TerraformOutput(self, "api_url", value=orders.api_url, static_id=True)
        TerraformOutput(self, "backend_url", value=orders.backend_url, static_id=True)
        TerraformOutput(self, "apim_id", value=gateway.apim_id, static_id=True)


app = App()
MergedPolicy(app, "merged-policy")
app.synth()
