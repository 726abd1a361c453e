"""What the documents say that the library takes, given by a program in Python. Prints a line for each."""

from pathlib import Path

import jsii
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_azuread.provider import AzureadProvider
from cdktf_cdktf_provider_azurerm.api_management import ApiManagement, ApiManagementIdentity
from cdktf_cdktf_provider_azurerm.api_management_api import ApiManagementApi
from cdktf_cdktf_provider_azurerm.application_insights import ApplicationInsights
from cdktf_cdktf_provider_azurerm.cognitive_account import CognitiveAccount
from cdktf_cdktf_provider_azurerm.container_app import (
    ContainerApp,
    ContainerAppIngress,
    ContainerAppIngressTrafficWeight,
    ContainerAppTemplate,
    ContainerAppTemplateContainer,
)
from cdktf_cdktf_provider_azurerm.data_azurerm_application_insights import DataAzurermApplicationInsights
from cdktf_cdktf_provider_azurerm.data_azurerm_cognitive_account import DataAzurermCognitiveAccount
from cdktf_cdktf_provider_azurerm.data_azurerm_container_app_environment import DataAzurermContainerAppEnvironment
from cdktf_cdktf_provider_azurerm.data_azurerm_key_vault import DataAzurermKeyVault
from cdktf_cdktf_provider_azurerm.data_azurerm_log_analytics_workspace import DataAzurermLogAnalyticsWorkspace
from cdktf_cdktf_provider_azurerm.data_azurerm_private_dns_zone import DataAzurermPrivateDnsZone
from cdktf_cdktf_provider_azurerm.data_azurerm_resource_group import DataAzurermResourceGroup
from cdktf_cdktf_provider_azurerm.data_azurerm_service_plan import DataAzurermServicePlan
from cdktf_cdktf_provider_azurerm.data_azurerm_storage_account import DataAzurermStorageAccount
from cdktf_cdktf_provider_azurerm.data_azurerm_subnet import DataAzurermSubnet
from cdktf_cdktf_provider_azurerm.data_azurerm_user_assigned_identity import DataAzurermUserAssignedIdentity
from cdktf_cdktf_provider_azurerm.eventhub_namespace import EventhubNamespace
from cdktf_cdktf_provider_azurerm.function_app_flex_consumption import (
    FunctionAppFlexConsumption,
    FunctionAppFlexConsumptionSiteConfig,
)
from cdktf_cdktf_provider_azurerm.key_vault import KeyVault
from cdktf_cdktf_provider_azurerm.linux_function_app import LinuxFunctionApp, LinuxFunctionAppSiteConfig
from cdktf_cdktf_provider_azurerm.linux_web_app import LinuxWebApp, LinuxWebAppSiteConfig
from cdktf_cdktf_provider_azurerm.log_analytics_workspace import LogAnalyticsWorkspace
from cdktf_cdktf_provider_azurerm.logic_app_standard import LogicAppStandard
from cdktf_cdktf_provider_azurerm.private_dns_zone import PrivateDnsZone
from cdktf_cdktf_provider_azurerm.provider import AzurermProvider, AzurermProviderFeatures
from cdktf_cdktf_provider_azurerm.public_ip import PublicIp
from cdktf_cdktf_provider_azurerm.resource_group import ResourceGroup
from cdktf_cdktf_provider_azurerm.search_service import SearchService
from cdktf_cdktf_provider_azurerm.service_plan import ServicePlan
from cdktf_cdktf_provider_azurerm.servicebus_namespace import ServicebusNamespace
from cdktf_cdktf_provider_azurerm.storage_account import StorageAccount
from cdktf_cdktf_provider_azurerm.subnet import Subnet, SubnetDelegation, SubnetDelegationServiceDelegation
from cdktf_cdktf_provider_azurerm.user_assigned_identity import UserAssignedIdentity
from cdktf_cdktf_provider_azurerm.windows_function_app import WindowsFunctionApp, WindowsFunctionAppSiteConfig
from cdktf_cdktf_provider_azurerm.windows_web_app import WindowsWebApp, WindowsWebAppSiteConfig
from cdktf_secure_apim_backend import (
    ApimGateway,
    ApimLogger,
    ApimNamedValue,
    ApimRuleFinding,
    ApimRuleSeverity,
    ApimSecurityRules,
    ApimSku,
    ApiSurface,
    ApiSurfaceConfig,
    AppRuntime,
    AppServicePlan,
    Audience,
    Backend,
    DiagnosticSetting,
    GatewayIdentity,
    GatewayNetwork,
    IApimSecurityRule,
    IApiSurface,
    NamedValueContent,
    NetworkAccess,
    PolicyDocument,
    RenderedConfiguration,
    SecureApimBackend,
    SubscriptionKeyNames,
    VirtualNetworkIntegration,
)

AUDIENCE = Audience.client_id("11111111-2222-3333-4444-555555555555")
DELEGATION = SubnetDelegation(
    name="app",
    service_delegation=SubnetDelegationServiceDelegation(
        name="Microsoft.Web/serverFarms",
        actions=["Microsoft.Network/virtualNetworks/subnets/action"],
    ),
)
COMMON = {"resource_group_name": "rg", "location": "westeurope"}
SITE = {
    "name": "orders-app",
    "service_plan_id": "plan",
    "ftp_publish_basic_authentication_enabled": False,
    "webdeploy_publish_basic_authentication_enabled": False,
    **COMMON,
}


class Stack(TerraformStack):
    def __init__(self, app: App, name: str) -> None:
        super().__init__(app, name.replace(" ", "-"))
        AzurermProvider(self, "azurerm", features=[AzurermProviderFeatures()])
        AzureadProvider(self, "azuread")
        self.resource_group = ResourceGroup(self, "ResourceGroup", name="rg", location="westeurope")

    def gateway(self, **props) -> ApimGateway:
        return ApimGateway(
            self,
            "Gateway",
            resource_group=self.resource_group,
            publisher_name="Contoso",
            publisher_email="api@contoso.com",
            **{"sku": ApimSku.BASIC_V2, **props},
        )

    def publish(self, backend=None, gateway=None, **props) -> SecureApimBackend:
        backend = backend or Backend.url("https://orders.contoso.com", AUDIENCE)
        return SecureApimBackend(self, "Orders", gateway=gateway or self.gateway(), backend=backend, **props)

    def web_app(self, **props):
        return Backend.web_app(resource_group=self.resource_group, runtime=AppRuntime.node("22"), **props)

    def subnet(self, name="apps", **props) -> Subnet:
        addresses = {"virtual_network_name": "vnet", "address_prefixes": ["10.0.0.0/24"]}
        return Subnet(self, f"Subnet-{name}", name=name, resource_group_name="rg", **addresses, **props)

    def gateway_with_outbound_access(self, **props) -> ApimGateway:
        subnet = self.subnet("gateway", delegation=[DELEGATION], **props)
        return self.gateway(sku=ApimSku.STANDARD_V2, network=GatewayNetwork.outbound(subnet))


CASES = {}


def case(function):
    CASES[function.__name__.replace("_", " ")] = function
    return function


# Apps


@case
def linux_web_app(stack):
    app = LinuxWebApp(stack, "App", site_config=LinuxWebAppSiteConfig(), **SITE)
    stack.publish(Backend.from_linux_web_app(app))


@case
def windows_web_app(stack):
    app = WindowsWebApp(stack, "App", site_config=WindowsWebAppSiteConfig(), **SITE)
    stack.publish(Backend.from_windows_web_app(app))


@case
def linux_function_app(stack):
    app = LinuxFunctionApp(stack, "App", site_config=LinuxFunctionAppSiteConfig(), **SITE)
    stack.publish(Backend.from_linux_function_app(app, route_prefix="v1"))


@case
def windows_function_app(stack):
    app = WindowsFunctionApp(stack, "App", site_config=WindowsFunctionAppSiteConfig(), **SITE)
    stack.publish(Backend.from_windows_function_app(app))


@case
def flex_function_app(stack):
    app = FunctionAppFlexConsumption(
        stack,
        "App",
        name="orders-app",
        service_plan_id="plan",
        runtime_name="python",
        runtime_version="3.12",
        storage_container_type="blobContainer",
        storage_container_endpoint="https://orders.blob.core.windows.net/code",
        storage_authentication_type="SystemAssignedIdentity",
        site_config=FunctionAppFlexConsumptionSiteConfig(),
        https_only=True,
        webdeploy_publish_basic_authentication_enabled=False,
        **COMMON,
    )
    stack.publish(Backend.from_flex_function_app(app))


@case
def logic_app(stack):
    app = LogicAppStandard(
        stack,
        "App",
        name="orders-app",
        app_service_plan_id="plan",
        storage_account_name="orders",
        storage_account_access_key="${var.key}",
        https_only=True,
        ftp_publish_basic_authentication_enabled=False,
        scm_publish_basic_authentication_enabled=False,
        **COMMON,
    )
    stack.publish(Backend.from_logic_app_standard(app))


@case
def container_app(stack):
    app = ContainerApp(
        stack,
        "App",
        name="orders-app",
        resource_group_name="rg",
        container_app_environment_id="environment",
        revision_mode="Single",
        ingress=ContainerAppIngress(
            external_enabled=True,
            target_port=8080,
            allow_insecure_connections=False,
            transport="auto",
            traffic_weight=[ContainerAppIngressTrafficWeight(latest_revision=True, percentage=100)],
        ),
        template=ContainerAppTemplate(
            container=[ContainerAppTemplateContainer(name="orders", image="contoso/orders:1", cpu=0.5, memory="1Gi")]
        ),
    )
    stack.publish(Backend.from_container_app(app))


@case
def service_plan(stack):
    plan = ServicePlan(stack, "Plan", name="plan", os_type="Linux", sku_name="P1v3", **COMMON)
    ApimSecurityRules.acknowledge(plan, rule="plan-without-tags", reason="ADR 12")
    stack.publish(stack.web_app(plan=AppServicePlan.existing(plan)))


# Networks


@case
def network_access_from_a_subnet(stack):
    gateway = stack.gateway_with_outbound_access(service_endpoints=["Microsoft.Web"])
    subnet = stack.node.find_child("Subnet-gateway")
    stack.publish(stack.web_app(network_access=NetworkAccess.from_subnet(subnet)), gateway)


@case
def private_endpoint(stack):
    zone = PrivateDnsZone(stack, "Zone", name="privatelink.azurewebsites.net", resource_group_name="rg")
    access = NetworkAccess.private_endpoint(subnet=stack.subnet(), private_dns_zone=zone)
    stack.publish(stack.web_app(network_access=access), stack.gateway_with_outbound_access())


@case
def virtual_network_integration(stack):
    integration = VirtualNetworkIntegration(subnet=stack.subnet(delegation=[DELEGATION]))
    stack.publish(stack.web_app(virtual_network_integration=integration, plan=AppServicePlan.dedicated("P1v3")))


@case
def gateway_in_a_network(stack):
    address = PublicIp(stack, "Ip", name="ip", allocation_method="Static", domain_name_label="apim", **COMMON)
    network = GatewayNetwork.external(stack.subnet(), public_ip_address=address)
    stack.publish(gateway=stack.gateway(sku=ApimSku.PREMIUM, network=network))


# Gateways and what is on them


@case
def api_management(stack):
    service = ApiManagement(
        stack,
        "Service",
        name="contoso-apim",
        publisher_name="Contoso",
        publisher_email="api@contoso.com",
        sku_name="BasicV2_1",
        identity=ApiManagementIdentity(type="SystemAssigned"),
        **COMMON,
    )
    stack.publish(gateway=ApimGateway.from_api_management(stack, "Gateway", service))


@case
def user_assigned_identity(stack):
    identity = UserAssignedIdentity(stack, "Identity", name="gateway", **COMMON)
    stack.publish(gateway=stack.gateway(identity=GatewayIdentity.user_assigned(identity)))


@case
def logger(stack):
    insights = ApplicationInsights(stack, "Insights", name="insights", application_type="web", **COMMON)
    ApimLogger(stack, "Logger", gateway=stack.gateway(), application_insights=insights)


@case
def diagnostic_setting(stack):
    workspace = LogAnalyticsWorkspace(stack, "Workspace", name="logs", **COMMON)
    setting = DiagnosticSetting(name="platform", workspace=workspace, log_groups=["allLogs"])
    stack.publish(gateway=stack.gateway(diagnostic_settings=[setting]))


@case
def named_value_of_a_key_vault(stack):
    ApimNamedValue(
        stack,
        "Secret",
        gateway=stack.gateway(),
        named_value_name="partner-key",
        value=NamedValueContent.key_vault_secret(vault_of(stack), "partner-key"),
    )


@case
def api(stack):
    gateway = stack.gateway()
    declared = ApiManagementApi(
        stack,
        "Api",
        name="orders",
        display_name="Orders",
        path="orders",
        revision="1",
        api_management_name=gateway.apim_name,
        resource_group_name="rg",
        protocols=["https"],
        subscription_required=True,
        api_type="http",
    )
    stack.publish(gateway=gateway, surface=ApiSurface.from_api(declared))


# Azure services


@case
def azure_open_ai(stack):
    account = CognitiveAccount(
        stack,
        "Account",
        name="models",
        kind="OpenAI",
        sku_name="S0",
        custom_subdomain_name="contoso-models",
        local_auth_enabled=False,
        **COMMON,
    )
    stack.publish(Backend.azure_open_ai(account))


@case
def blob_storage(stack):
    account = StorageAccount(
        stack,
        "Account",
        name="contosofiles",
        account_tier="Standard",
        account_replication_type="ZRS",
        shared_access_key_enabled=False,
        **COMMON,
    )
    stack.publish(Backend.blob_storage(account))


@case
def key_vault(stack):
    stack.publish(Backend.key_vault(vault_of(stack)))


@case
def event_hubs(stack):
    namespace = EventhubNamespace(
        stack, "Namespace", name="events", sku="Standard", local_authentication_enabled=False, **COMMON
    )
    stack.publish(Backend.event_hubs(namespace))


@case
def service_bus(stack):
    namespace = ServicebusNamespace(stack, "Namespace", name="bus", sku="Standard", local_auth_enabled=False, **COMMON)
    stack.publish(Backend.service_bus(namespace))


@case
def ai_search(stack):
    service = SearchService(
        stack, "Service", name="search", sku="basic", local_authentication_enabled=False, **COMMON
    )
    stack.publish(Backend.ai_search(service))


def vault_of(stack) -> KeyVault:
    return KeyVault(
        stack, "Vault", name="vault", tenant_id="tenant", sku_name="standard", rbac_authorization_enabled=True, **COMMON
    )


# Data sources


@case
def data_of_a_resource_group_and_a_plan(stack):
    group = DataAzurermResourceGroup(stack, "Group", name="rg-apps")
    plan = DataAzurermServicePlan(stack, "Plan", name="plan", resource_group_name="rg")
    app = Backend.web_app(
        resource_group=group, runtime=AppRuntime.python("3.12"), plan=AppServicePlan.existing(plan)
    )
    stack.publish(app)


@case
def data_of_networks(stack):
    def subnet(name):
        return DataAzurermSubnet(stack, name, name=name, virtual_network_name="vnet", resource_group_name="rg")

    zone = DataAzurermPrivateDnsZone(stack, "Zone", name="privatelink.azurewebsites.net")
    access = NetworkAccess.private_endpoint(subnet=subnet("apps"), private_dns_zone=zone)
    gateway = stack.gateway(sku=ApimSku.STANDARD_V2, network=GatewayNetwork.outbound(subnet("gateway")))
    stack.publish(stack.web_app(network_access=access), gateway)


@case
def data_of_an_identity(stack):
    identity = DataAzurermUserAssignedIdentity(stack, "Identity", name="gateway", resource_group_name="rg")
    stack.publish(gateway=stack.gateway(identity=GatewayIdentity.user_assigned(identity)))


@case
def data_of_logs(stack):
    workspace = DataAzurermLogAnalyticsWorkspace(stack, "Workspace", name="logs", resource_group_name="rg")
    insights = DataAzurermApplicationInsights(stack, "Insights", name="insights", resource_group_name="rg")
    setting = DiagnosticSetting(name="platform", workspace=workspace, log_groups=["allLogs"])
    gateway = stack.gateway(diagnostic_settings=[setting])
    ApimLogger(stack, "Logger", gateway=gateway, application_insights=insights)


@case
def data_of_a_key_vault(stack):
    vault = DataAzurermKeyVault(stack, "Vault", name="vault", resource_group_name="rg")
    value = NamedValueContent.key_vault_secret(vault, "partner-key")
    ApimNamedValue(stack, "Secret", gateway=stack.gateway(), value=value)


@case
def data_of_services(stack):
    gateway = stack.gateway()
    account = DataAzurermStorageAccount(stack, "Storage", name="contosofiles", resource_group_name="rg")
    SecureApimBackend(stack, "Files", gateway=gateway, backend=Backend.blob_storage(account))
    models = DataAzurermCognitiveAccount(stack, "Models", name="models", resource_group_name="rg")
    SecureApimBackend(stack, "Chat", gateway=gateway, backend=Backend.azure_open_ai(models))


@case
def data_of_an_environment(stack):
    environment = DataAzurermContainerAppEnvironment(stack, "Environment", name="apps", resource_group_name="rg")
    app = Backend.container_app(
        resource_group=stack.resource_group, image="contoso/orders:1", target_port=8080, environment=environment
    )
    stack.publish(app)


# Classes of your own


@case
def surface_of_your_own(stack):
    @jsii.implements(IApiSurface)
    class Published:
        @property
        def factory(self) -> str:
            return "Published"

        def bind(self, scope, *, default_path, default_display_name, gateway, backend_url, requires_token):
            return ApiSurfaceConfig(
                api_name="orders",
                path="orders",
                policy=PolicyDocument.EMPTY,
                passes_options=False,
                subscription_key_names=SubscriptionKeyNames(header="X-Key", query="key"),
                dependencies=[],
                replace_triggers=[],
            )

    stack.publish(surface=Published())


@jsii.implements(IApimSecurityRule)
class TaggedPlans:
    @property
    def id(self) -> str:
        return "plan-without-tags"

    @property
    def title(self) -> str:
        return "Every service plan has tags."

    @property
    def severity(self) -> ApimRuleSeverity:
        return ApimRuleSeverity.WARNING

    @property
    def control(self) -> str:
        return "AM-1"

    def findings(self, configuration: RenderedConfiguration) -> list[ApimRuleFinding]:
        return [
            ApimRuleFinding(resource=plan, text="The plan has no tags.", remedy="Set tags on it.")
            for plan in configuration.resources_of_type("azurerm_service_plan")
            if not plan.is_set("tags")
        ]


def main() -> None:
    for name, function in CASES.items():
        app = App(outdir="cdktf.out/objects")
        stack = Stack(app, name)
        try:
            function(stack)
            ApimSecurityRules.judge(app, rules=[TaggedPlans()])
            app.synth()
            warned = "plan-without-tags" in Path("cdktf.out/objects/manifest.json").read_text()
            print(f"{name}: {'warned' if warned else 'taken'}")
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}")


main()
