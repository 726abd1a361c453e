"""A kind of backend that the library does not have."""

import jsii
from cdktf import App, TerraformOutput, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_secure_apim_backend import (
    ApimGateway,
    AppRegistration,
    Audience,
    BackendConfig,
    IApimBackend,
    IApimGateway,
    PolicyDocument,
    PolicyStatement,
    PolicyValue,
    SecureApimBackend,
)
from constructs import Construct


@jsii.implements(IApimBackend)
class ClusterService:
    """A service in a Kubernetes cluster, behind an ingress that checks Entra tokens and routes by a header."""

    def __init__(self, ingress_host: str, service: str) -> None:
        self._ingress_host = ingress_host
        self._service = service

    @property
    def factory(self) -> str:
        """Messages name the backend by this."""
        return "ClusterService"

    def bind(self, scope: Construct, *, default_name: str, gateway: IApimGateway) -> BackendConfig:
        # Represents the service in Entra ID. The gateway gets access to it after this.
        registration = AppRegistration(scope, "Registration")
        # The audience that the ingress must require. Create here what the service consists of.
        TerraformOutput(scope, "AllowedAudience", value=registration.client_id)
        return BackendConfig(
            url=f"https://{self._ingress_host}",
            audience=Audience.registration(registration),
            policy=PolicyDocument.of(PolicyStatement.set_header("X-Service", PolicyValue.literal(self._service))),
            # Resources that must exist before the gateway's first call.
            dependencies=[],
        )


class CustomBackend(TerraformStack):
    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        prefix = TerraformVariable(self, "name_prefix", type="string", default="contoso")
        location = TerraformVariable(self, "location", type="string", default="westeurope")

        AzurermProvider(self, "azurerm", features=[AzurermProviderFeatures()])
        AzureadProvider(self, "azuread")
        resource_group = ResourceGroup(
            self,
            "ResourceGroup",
            name=f"{prefix.string_value}-custom-backend",
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
            backend=ClusterService("cluster.contoso.com", "orders"),
        )

        TerraformOutput(self, "api_url", value=orders.api_url, static_id=True)
        TerraformOutput(self, "backend_url", value=orders.backend_url, static_id=True)
        TerraformOutput(self, "apim_id", value=gateway.apim_id, static_id=True)


app = App()
CustomBackend(app, "custom-backend")
app.synth()
