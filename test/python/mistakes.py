"""What people write by mistake, and what they read then. Prints a JSON object: the exception of each mistake."""

import json
from pathlib import Path
from typing import Callable, Dict

import jsii
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.linux_web_app import LinuxWebApp, LinuxWebAppSiteConfig
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_secure_apim_backend import (
    ApimGateway,
    ApiOperation,
    ApiSurface,
    AppRegistration,
    AppRuntime,
    Audience,
    Backend,
    BackendConfig,
    HttpMethod,
    IApimBackend,
    PolicyDocument,
    PolicyStatement,
    SecureApimBackend,
)

app = App()
stack = TerraformStack(app, "app")
AzurermProvider(stack, "azurerm", features=[AzurermProviderFeatures()])
AzureadProvider(stack, "azuread")
group = ResourceGroup(stack, "ResourceGroup", name="rg", location="westeurope")
gateway = ApimGateway(
    stack, "Gateway", resource_group=group, publisher_name="Contoso", publisher_email="api@contoso.com"
)
site = LinuxWebApp(
    stack,
    "Site",
    name="site",
    resource_group_name="rg",
    location="westeurope",
    service_plan_id="plan",
    site_config=LinuxWebAppSiteConfig(),
)
used = 0


def publish(**props):
    global used
    used += 1
    backend = Backend.url("https://orders.contoso.com", Audience.client_id("11111111-2222-3333-4444-555555555555"))
    return SecureApimBackend(stack, f"Orders{used}", **{"gateway": gateway, "backend": backend, **props})


@jsii.implements(IApimBackend)
class ReturnsNothing:
    @property
    def factory(self) -> str:
        return "ReturnsNothing"

    def bind(self, scope, *, default_name, gateway):
        return None


@jsii.implements(IApimBackend)
class Raises:
    @property
    def factory(self) -> str:
        return "Raises"

    def bind(self, scope, *, default_name, gateway):
        raise ValueError("The cluster has no ingress.")


@jsii.implements(IApimBackend)
class WithoutFactory:
    def bind(self, scope, *, default_name, gateway):
        return None


@jsii.implements(IApimBackend)
class FactoryAsAttribute:
    factory = "FactoryAsAttribute"

    def bind(self, scope, *, default_name, gateway):
        return None


@jsii.implements(IApimBackend)
class DependsOnConstruct:
    @property
    def factory(self) -> str:
        return "DependsOnConstruct"

    def bind(self, scope, *, default_name, gateway):
        registration = AppRegistration(scope, "Registration")
        return BackendConfig(
            url="https://orders.contoso.com",
            audience=Audience.registration(registration),
            policy=PolicyDocument.EMPTY,
            dependencies=[registration],
        )


class NotDeclared:
    def bind(self, scope, options):
        return None


GET = ApiOperation(method=HttpMethod.GET, url_template="/orders")

MISTAKES: Dict[str, Callable[[], object]] = {
    "a missing property": lambda: SecureApimBackend(stack, "A", gateway=gateway),
    "a misspelled property": lambda: publish(polcy=PolicyDocument.EMPTY),
    "a property in camelCase": lambda: publish(operationPolicies=[]),
    "None for a property": lambda: publish(backend=None),
    "a string for an object": lambda: publish(policy="<policies />"),
    "an object of another class": lambda: publish(gateway=group),
    "another provider's class": lambda: Backend.from_linux_function_app(site),
    "a name for a resource": lambda: Backend.web_app(resource_group="rg", runtime=AppRuntime.node("22")),
    "a dict in a list": lambda: publish(operation_policies=[{"operation_id": "list", "policy": PolicyDocument.EMPTY}]),
    "a class without @jsii.implements": lambda: publish(backend=NotDeclared()),
    "a backend without factory": lambda: publish(backend=WithoutFactory()),
    "a factory that is an attribute": lambda: publish(backend=FactoryAsAttribute()),
    "a construct as a dependency": lambda: publish(backend=DependsOnConstruct()),
    "a backend that returns nothing": lambda: publish(backend=ReturnsNothing()),
    "a backend that raises": lambda: publish(backend=Raises()),
    "a number out of range": lambda: PolicyStatement.rate_limit(0, 60),
    "a file that is not there": lambda: PolicyDocument.from_file("missing.xml"),
    "strings for members of an enum": lambda: publish(surface=ApiSurface.wildcard(methods=["GET"])),
    "a tuple for a list": lambda: publish(surface=ApiSurface.operations((GET,))),
    "a path for a string": lambda: PolicyDocument.from_file(Path("policy.xml")),
    "a string for a list": lambda: PolicyStatement.cors(allowed_origins="https://app.contoso.com"),
    "a number for a string": lambda: Backend.web_app(
        resource_group=group, runtime=AppRuntime.node("22"), app_settings={"PORT": 8080}
    ),
    "a parameter of Flask": lambda: publish(
        surface=ApiSurface.operations([ApiOperation(method=HttpMethod.GET, url_template="/orders/<id>")])
    ),
    "an option in a sentence": lambda: PolicyStatement.cors(allowed_origins=["*"], allow_credentials=True),
    "an empty list": lambda: publish(surface=ApiSurface.wildcard(methods=[])),
    "an API that is open": lambda: publish(surface=ApiSurface.operations([])),
    "a runtime of another kind": lambda: publish(
        backend=Backend.function_app(resource_group=group, runtime=AppRuntime.php("8.3"))
    ),
    "an attribute too early": lambda: Backend.web_app(resource_group=group, runtime=AppRuntime.node("22")).app,
}

found = {}
for mistake, make in MISTAKES.items():
    try:
        make()
        found[mistake] = "nothing"
    except Exception as error:
        found[mistake] = f"{type(error).__name__}: {error}"
print(json.dumps(found))
